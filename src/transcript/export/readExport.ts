import { decodeEvent, type SessionEvent } from '../../api/resources/event.ts';
import { asArray, asNumber, asObject, asText, field, type JsonObject } from '../../util/json.ts';
import { EXPORT_FORMAT, EXPORT_VERSION } from './exportJson.ts';

/** A line that is no event: it is left out, and the others are shown. Lines count from 1. */
export interface DamagedLine {
  readonly line: number;
  readonly why: 'notJson' | 'notAnEvent' | 'tooLong';
}

/** What was read of a file. */
export interface ReadExport {
  /** What the file says about itself; undefined for bare events, as other programs write them. */
  readonly facts: JsonObject | undefined;
  readonly session: JsonObject | undefined;
  readonly events: readonly SessionEvent[];
  /** The first damaged lines, and how many there are in all. */
  readonly damaged: readonly DamagedLine[];
  readonly damagedCount: number;
}

/** Why nothing of a file can be shown. */
export type ReadFailure =
  | { readonly failure: 'empty' }
  | { readonly failure: 'foreign'; readonly line: number }
  | { readonly failure: 'version'; readonly line: number; readonly version: string };

/** Longest line that is read, in bytes. */
const MAX_LINE = 64 * 1024 * 1024;
const KEPT_DAMAGE = 20;
/** Between two breaths, in bytes. */
const SLICE = 4 * 1024 * 1024;

/**
 * Reads an export, JSON Lines or JSON, line by line, so that a damaged line costs that line only. Everything in it
 * is from elsewhere and checked like an answer of a server. `breathe` is awaited now and then, and may throw.
 */
export async function readExport(
  bytes: Uint8Array,
  breathe: () => Promise<void>,
): Promise<ReadExport | ReadFailure> {
  const reader = new ExportReader();
  let taken = 0;
  for (const { number, text, start } of linesOf(bytes)) {
    const failure = text === '' ? undefined : reader.take(number, text);
    if (failure !== undefined) {
      return failure;
    }
    if (start - taken > SLICE) {
      taken = start;
      await breathe();
    }
  }
  return reader.result();
}

interface Line {
  readonly number: number;
  /** Without blanks around it, and perhaps empty; undefined where it is too long. */
  readonly text: string | undefined;
  readonly start: number;
}

function* linesOf(bytes: Uint8Array): Generator<Line> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: false });
  let start = 0;
  for (let number = 1; start < bytes.length; number++) {
    const found = bytes.indexOf(0x0a, start);
    const end = found === -1 ? bytes.length : found;
    const isTooLong = end - start > MAX_LINE;
    const text =
      end === start ? '' : isTooLong ? undefined : decoder.decode(bytes.subarray(start, end)).trim();
    yield { number, text, start };
    start = end + 1;
  }
}

/** Where in a JSON document a line stands; in JSON Lines every line is `events`. */
type Place = 'start' | 'head' | 'events' | 'end';

class ExportReader {
  private place: Place = 'start';
  /** True for one JSON document, which has its events between brackets. */
  private isDocument = false;
  private headText = '';
  private facts: JsonObject | undefined;
  private session: JsonObject | undefined;
  private readonly events: SessionEvent[] = [];
  private readonly damaged: DamagedLine[] = [];
  private damagedCount = 0;
  private firstLine = 1;

  take(line: number, text: string | undefined): ReadFailure | undefined {
    switch (this.place) {
      case 'start':
        return this.begin(line, text);
      case 'head':
        return this.takeHead(line, text);
      case 'events':
        this.takeEvent(line, text);
        return undefined;
      case 'end':
        return undefined;
      default:
        return this.place satisfies never;
    }
  }

  result(): ReadExport | ReadFailure {
    const { facts, session, events, damaged, damagedCount, firstLine } = this;
    if (this.place === 'start') {
      return { failure: 'empty' };
    }
    const isOurs = facts !== undefined || events.some(({ raw }) => asText(field(raw, 'type')) !== undefined);
    return this.place === 'head' || !isOurs
      ? { failure: 'foreign', line: firstLine }
      : { facts, session, events, damaged, damagedCount };
  }

  private begin(line: number, text: string | undefined): ReadFailure | undefined {
    this.firstLine = line;
    if (text === '{') {
      this.place = 'head';
      this.isDocument = true;
      this.headText = '{';
      return undefined;
    }
    this.place = 'events';
    const first = asObject(parsed(text));
    const events = field(first, 'events');
    if (first !== undefined && Array.isArray(events)) {
      // A whole document on one line, as another program may have written it.
      const failure = this.takeFacts(line, first);
      asArray(events).forEach((event) => this.takeValue(line, event));
      return failure;
    }
    if (field(first, 'format') !== undefined && first !== undefined) {
      return this.takeFacts(line, first);
    }
    this.takeEvent(line, text);
    return undefined;
  }

  /** Up to the bracket that opens the events; what is in front of it is JSON without it. */
  private takeHead(line: number, text: string | undefined): ReadFailure | undefined {
    const isEnd = text !== undefined && /^"events": \[\]?$/.test(text);
    if (!isEnd) {
      this.headText += text ?? '';
      return this.headText.length > MAX_LINE ? { failure: 'foreign', line } : undefined;
    }
    const head = asObject(parsed(`${this.headText.replace(/,$/, '')}}`));
    if (head === undefined) {
      return { failure: 'foreign', line: this.firstLine };
    }
    this.place = text.endsWith(']') ? 'end' : 'events';
    return this.takeFacts(this.firstLine, head);
  }

  private takeFacts(line: number, facts: JsonObject): ReadFailure | undefined {
    if (field(facts, 'format') !== EXPORT_FORMAT) {
      return { failure: 'foreign', line };
    }
    const version = field(facts, 'version');
    const number = asNumber(version);
    if (number === undefined || !Number.isInteger(number) || number < 1 || number > EXPORT_VERSION) {
      return {
        failure: 'version',
        line,
        version: version === undefined ? '?' : JSON.stringify(version).slice(0, 40),
      };
    }
    this.facts = facts;
    this.session = asObject(field(facts, 'session'));
    return undefined;
  }

  private takeEvent(line: number, text: string | undefined): void {
    if (text === undefined) {
      this.note(line, 'tooLong');
      return;
    }
    if (this.isDocument && text.startsWith(']')) {
      this.place = 'end';
      return;
    }
    const value = parsed(this.isDocument ? text.replace(/,$/, '') : text);
    if (value === undefined) {
      this.note(line, 'notJson');
    } else {
      this.takeValue(line, value);
    }
  }

  private takeValue(line: number, value: unknown): void {
    const event = decodeEvent(value);
    if (event === undefined || event.type === 'unknown') {
      this.note(line, 'notAnEvent');
    } else {
      this.events.push(event);
    }
  }

  private note(line: number, why: DamagedLine['why']): void {
    this.damagedCount += 1;
    if (this.damaged.length < KEPT_DAMAGE) {
      this.damaged.push({ line, why });
    }
  }
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}
