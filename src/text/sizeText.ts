import type { L10n } from '../l10n.ts';

/** A size of a file in the unit in which it is short: "512 B", "12 KB", "3.4 MB". */
export function sizeText(bytes: number, l10n: L10n): string {
  if (bytes < 1_000) {
    return l10n.t('{count} B', { count: bytes });
  }
  if (bytes < 1_000_000) {
    return l10n.t('{count} KB', { count: Math.round(bytes / 1_000) });
  }
  return l10n.t('{count} MB', { count: (bytes / 1_000_000).toFixed(1) });
}
