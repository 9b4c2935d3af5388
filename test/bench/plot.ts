import { boundOf, type Measure } from './benchmark.ts';
import type { BenchResult } from './report.ts';

const LABEL_WIDTH = 390;
const SCALE_WIDTH = 340;
const VALUE_WIDTH = 180;
const ROW = 21;
const HEADING = 27;
const TOP = 68;
const BOTTOM = 34;
/** The axis ends here, in shares of what is allowed; what is beyond is cut, and its number says how far. */
const LONGEST = 1.5;

/**
 * The promises as a picture: how much of what is allowed each one uses. Where more is better it is turned over,
 * so that a bar that ends before the line keeps its promise everywhere. Colours follow the reader's theme.
 */
export function plotOf(results: readonly BenchResult[]): string {
  const width = LABEL_WIDTH + SCALE_WIDTH + VALUE_WIDTH;
  const x = (share: number) => LABEL_WIDTH + (Math.min(share, LONGEST) / LONGEST) * SCALE_WIDTH;
  const marks: string[] = [];
  let y = TOP;
  for (const { bench, measures } of results) {
    const promised = measures.flatMap((measure) => {
      const share = shareOf(measure);
      return share === undefined ? [] : [{ measure, share }];
    });
    if (promised.length > 0) {
      marks.push(
        `<line class="rule" x1="0" x2="${width}" y1="${y}" y2="${y}"/>`,
        `<text class="name" x="8" y="${y + 18}">${bench.name}</text>`,
        `<text class="name" x="62" y="${y + 18}">${escaped(bench.title)}</text>`,
      );
      y += HEADING;
    }
    for (const { measure, share } of promised) {
      const kind = share <= 1 ? 'met' : 'missed';
      const length = Math.max(1.5, x(share) - LABEL_WIDTH).toFixed(1);
      marks.push(
        `<text class="what" x="62" y="${y + 13}">${escaped(cut(withCommas(measure.what)))}</text>`,
        `<rect class="${kind}" x="${LABEL_WIDTH}" y="${y + 4}" width="${length}" height="${ROW - 9}" rx="2"/>`,
        `<text class="value ${kind}-text" x="${LABEL_WIDTH + SCALE_WIDTH + 12}" y="${y + 13}">${escaped(valueText(measure))}</text>`,
      );
      y += ROW;
    }
  }
  const bottom = y + 6;
  const height = bottom + BOTTOM;
  const ticks = [0, 0.25, 0.5, 0.75, 1, 1.25, LONGEST].map(
    (share) =>
      `<line class="${share === 1 ? 'promise' : 'grid'}" x1="${x(share)}" x2="${x(share)}" y1="${TOP - 6}" y2="${bottom}"/>` +
      `<text class="axis" x="${x(share)}" y="${bottom + 18}" text-anchor="middle">${Math.round(share * 100)} %</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
<title id="title">How much of what is allowed each measured promise uses; 100 % is the promise</title>
<style>
text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #57606a; }
.heading { font-size: 15px; font-weight: 600; fill: #24292f; }
.name { font-weight: 600; fill: #24292f; }
.what { fill: #24292f; }
.axis { font-size: 11px; }
.grid { stroke: #8b949e; stroke-opacity: 0.22; }
.rule { stroke: #8b949e; stroke-opacity: 0.14; }
.promise { stroke: #57606a; stroke-width: 1.5; }
.met { fill: #2f81c7; }
.missed { fill: #c4572b; }
.missed-text { fill: #c4572b; font-weight: 600; }
@media (prefers-color-scheme: dark) {
  text { fill: #9aa4af; }
  .heading, .name, .what { fill: #e6edf3; }
  .promise { stroke: #c9d1d9; }
  .met { fill: #58a6e8; }
  .missed, .missed-text { fill: #f0883e; }
}
</style>
<text class="heading" x="8" y="22">What is promised, and how much of it is used</text>
<text x="8" y="42">Shorter is better; a bar that ends before the line keeps its promise.</text>
<text class="axis" x="${x(1)}" y="${TOP - 12}" text-anchor="middle">promised</text>
${ticks.join('\n')}
${marks.join('\n')}
</svg>
`;
}

/** The part of its allowance that a number uses; undefined where nothing was promised. */
function shareOf(measure: Measure): number | undefined {
  const bound = boundOf(measure);
  if (bound === undefined) {
    return undefined;
  }
  return bound.kind === 'most' ? measure.value / bound.value : bound.value / measure.value;
}

function valueText(measure: Measure): string {
  const bound = boundOf(measure);
  const sign = bound?.kind === 'most' ? '≤' : '≥';
  return `${short(measure.value)} ${measure.unit} (${sign} ${short(bound?.value ?? 0)})`;
}

function short(value: number): string {
  return value >= 1_000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}

function cut(text: string): string {
  return text.length > 50 ? `${text.slice(0, 49)}…` : text;
}

function withCommas(text: string): string {
  return text.replaceAll(/\d{4,}/g, (digits) => Number(digits).toLocaleString('en'));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
