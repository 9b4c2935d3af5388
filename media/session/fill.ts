/** A text with its `{name}` placeholders filled by texts. A placeholder nobody fills stays as it is. */
export function fill(template: string, args: Readonly<Record<string, string>>): string {
  return fillParts(template, args).join('');
}

/** The same for arguments that are more than text: the pieces in order, ready for a Lit template. */
export function fillParts<T>(template: string, args: Readonly<Record<string, T>>): readonly (T | string)[] {
  return template.split(/(\{\w+\})/).map((piece) => {
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    const value = name !== undefined && Object.hasOwn(args, name) ? args[name] : undefined;
    return value ?? piece;
  });
}
