export interface DiffLine {
  readonly sign: ' ' | '+' | '-';
  readonly text: string;
  /** Its place, from 1: in the old text for a line that goes, in the new one for the others. */
  readonly line: number;
}

/** Beyond this many cells a table of common lines costs more than it tells; the middle is then replaced whole. */
const MOST_CELLS = 250_000;
const CONTEXT = 3;

/** The lines that differ between two texts, with a few equal ones around them. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const old = before === '' ? [] : before.split('\n');
  const young = after === '' ? [] : after.split('\n');
  let head = 0;
  while (head < old.length && head < young.length && old[head] === young[head]) {
    head += 1;
  }
  let tail = 0;
  const most = Math.min(old.length, young.length) - head;
  while (tail < most && old[old.length - 1 - tail] === young[young.length - 1 - tail]) {
    tail += 1;
  }
  const first = Math.max(0, head - CONTEXT);
  const last = Math.min(young.length, young.length - tail + CONTEXT);
  return [
    ...same(young, first, head),
    ...middle(old.slice(head, old.length - tail), young.slice(head, young.length - tail), head),
    ...same(young, young.length - tail, last),
  ];
}

function same(lines: readonly string[], from: number, end: number): readonly DiffLine[] {
  return lines.slice(from, end).map((text, index) => ({ sign: ' ', text, line: from + index + 1 }));
}

/** @param above how many equal lines lie before both. */
function middle(old: readonly string[], young: readonly string[], above: number): readonly DiffLine[] {
  const gone = (index: number, text: string): DiffLine => ({ sign: '-', text, line: above + index + 1 });
  const come = (index: number, text: string): DiffLine => ({ sign: '+', text, line: above + index + 1 });
  if (old.length * young.length > MOST_CELLS) {
    return [...old.map((text, i) => gone(i, text)), ...young.map((text, j) => come(j, text))];
  }
  const width = young.length + 1;
  // common[i * width + j]: the longest common subsequence of old[i..] and young[j..].
  const common = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = young.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        old[i] === young[j]
          ? cell(common, (i + 1) * width + j + 1) + 1
          : Math.max(cell(common, (i + 1) * width + j), cell(common, i * width + j + 1));
    }
  }
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < young.length) {
    const left = old[i];
    const right = young[j];
    if (left !== undefined && left === right) {
      lines.push({ sign: ' ', text: left, line: above + j + 1 });
      i += 1;
      j += 1;
    } else if (
      left !== undefined &&
      (right === undefined || cell(common, (i + 1) * width + j) >= cell(common, i * width + j + 1))
    ) {
      lines.push(gone(i, left));
      i += 1;
    } else {
      lines.push(come(j, right ?? ''));
      j += 1;
    }
  }
  return lines;
}

function cell(table: Uint32Array, index: number): number {
  return table[index] ?? 0;
}
