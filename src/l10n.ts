/**
 * How texts for people are looked up. In the editor this is `vscode.l10n`; a terminal uses {@link plainL10n}.
 * Only the named-arguments form is used, so that a translation may order its arguments as it needs.
 */
export interface L10n {
  t(message: string, args?: Record<string, string | number>): string;
}

/** English as written, with `{name}` placeholders filled in. */
export const plainL10n: L10n = {
  t(message, args = {}) {
    return message.replace(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(args, name) ? String(args[name]) : whole,
    );
  },
};
