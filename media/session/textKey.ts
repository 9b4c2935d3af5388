/** Where a text stands: in which row, and as the how manieth of its blocks. */
export interface TextPlace {
  readonly rowKey: string;
  readonly index: number;
}

/** The name of a text of a row: the row's key, a line break, the index of the block. */
export function textKeyOf({ rowKey, index }: TextPlace): string {
  return `${rowKey}\n${index}`;
}

/** The place of the text of that name. Keys of rows may hold line breaks themselves. */
export function placeOfText(key: string): TextPlace {
  const end = key.lastIndexOf('\n');
  return { rowKey: key.slice(0, end), index: Number(key.slice(end + 1)) };
}
