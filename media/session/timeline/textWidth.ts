/** How wide texts of the picture are; measured once each, and forgotten when there are many. */
const widths = new Map<string, number>();
const MOST = 2_000;
let pen: CanvasRenderingContext2D | null | undefined;

/** Size of the writing in the picture, in pixels; as in the style sheet. */
const FONT_PX = 11;

export function textWidth(text: string): number {
  const known = widths.get(text);
  if (known !== undefined) {
    return known;
  }
  if (pen === undefined) {
    pen = document.createElement('canvas').getContext('2d');
    if (pen !== null) {
      pen.font = `${FONT_PX}px ${getComputedStyle(document.body).fontFamily}`;
    }
  }
  const width = pen?.measureText(text).width ?? text.length * FONT_PX * 0.6;
  if (widths.size >= MOST) {
    widths.clear();
  }
  widths.set(text, width);
  return width;
}

/** As much of a text as there is room for, with a mark where it is cut; nothing where that says nothing. */
export function fitting(text: string, room: number): string {
  if (textWidth(text) <= room) {
    return text;
  }
  const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  const most = Math.floor((characters.length * room) / textWidth(text));
  for (let length = most; length >= 3; length--) {
    const cut = `${characters.slice(0, length).join('')}…`;
    if (textWidth(cut) <= room) {
      return cut;
    }
  }
  return '';
}
