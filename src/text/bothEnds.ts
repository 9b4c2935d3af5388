import { visible } from './visible.ts';

/** Most units that marks make of one. */
const LONGEST_MARK = 8;

/**
 * A path for a question about it, on one line and with nothing hidden: of a long one both ends, since the end is
 * where it leads and the beginning could be filled up by whoever wrote it.
 */
export function bothEnds(text: string, limit = 200): string {
  const shown = Array.from(visible(text, text.length * LONGEST_MARK));
  if (shown.length <= limit) {
    return shown.join('');
  }
  const half = Math.floor((limit - 1) / 2);
  return `${shown.slice(0, half).join('')}…${shown.slice(-half).join('')}`;
}

/** Whether a path goes up or stays on its way, so that it leads elsewhere than it reads. */
export function hasDotSegments(path: string): boolean {
  return path.split(/[/\\]/).some((part) => part === '.' || part === '..');
}
