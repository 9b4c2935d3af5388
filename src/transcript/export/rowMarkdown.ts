import type { StoredEvent } from '../../stream/eventStore.ts';
import { assertNever } from '../../util/assertNever.ts';
import { asArray, asObject, asText, field, isJsonObject, type JsonValue } from '../../util/json.ts';
import { inputBody } from '../bodies.ts';
import { noticeLine } from '../noticeLine.ts';
import { prettyJson } from '../prettyJson.ts';
import type { Block, NoticeRow, NoticeText, Row, ToolRow } from '../row.ts';
import type { Transcript } from '../transcript.ts';
import { type ExportTexts, fillText } from './exportTexts.ts';
import { foreignMarkdown } from './foreignMarkdown.ts';
import { fenced, inline, quoted } from './markdownParts.ts';

/** Where the whole bodies of rows are: rows themselves are cut to what a screen can use. */
export interface BodySource {
  readonly event: (key: string) => StoredEvent | undefined;
  readonly resultOf: Transcript['resultOf'];
}

/**
 * A row in writing, whole: heading with time and event id, then its bodies uncut. Ends with an empty line.
 * The id in the heading tells it from a heading that somebody wrote into a message.
 */
export function rowMarkdown(row: Row, source: BodySource, texts: ExportTexts): string {
  const stored = source.event(row.key);
  switch (row.kind) {
    case 'userMessage': {
      const note = row.state === 'done' ? undefined : texts.messageState[row.state];
      return section(2, [texts.you, note], row, messageBody(row.blocks, stored, texts), texts);
    }
    case 'agentMessage': {
      const note = row.streaming ? texts.writing : undefined;
      return section(2, [texts.agent, note], row, messageBody(row.blocks, stored, texts), texts);
    }
    case 'thinking': {
      const title =
        row.durationMs === null
          ? texts.thought
          : fillText(texts.thoughtFor, { duration: texts.duration(row.durationMs) });
      return section(3, [title], row, thinkingBody(row.text, stored), texts);
    }
    case 'tool': {
      const name = row.server === null ? row.name : `${row.server}: ${row.name}`;
      const title = fillText(texts.tool, { tool: inline(name) });
      const duration = row.durationMs === null ? undefined : texts.duration(row.durationMs);
      const notes = [title, texts.toolStatus[row.status], duration];
      return section(3, notes, row, toolBody(row, stored, source, texts), texts);
    }
    case 'notice': {
      const words = noticeLine(safeNotice(row), texts.notice, texts);
      const body = noticeBody(row, stored, texts);
      return `*${labels([words], row, texts)}*\n\n${body === '' ? '' : `${body.trimEnd()}\n\n`}`;
    }
    case 'raw': {
      const json = stored === undefined ? row.json : prettyJson(stored.event.raw);
      const title = fillText(texts.event, { type: inline(row.type) });
      return section(3, [title], row, fenced(json, 'json'), texts);
    }
    default:
      return assertNever(row);
  }
}

function section(
  level: 2 | 3,
  parts: readonly (string | undefined)[],
  row: Row,
  body: string,
  texts: ExportTexts,
): string {
  const title = `${'#'.repeat(level)} ${labels(parts, row, texts)}`;
  return `${title}\n\n${body === '' ? '' : `${body.trimEnd()}\n\n`}`;
}

/** What a row is, when, and the id of its event. */
function labels(parts: readonly (string | undefined)[], { at, eventId }: Row, texts: ExportTexts): string {
  const time = at === null ? undefined : texts.time(at);
  const id = eventId === null ? undefined : `\`${eventId.replace(/[`\s]+/g, ' ').slice(0, 200)}\``;
  return [...parts, time, id].filter((part) => part !== undefined && part !== '').join(' · ');
}

/** Of a message that no event stands for yet, the row is all there is. */
function messageBody(blocks: readonly Block[], stored: StoredEvent | undefined, texts: ExportTexts): string {
  if (stored !== undefined) {
    return contentMarkdown(field(stored.event.body, 'content'), texts);
  }
  return blocks.flatMap((block) => (block.type === 'text' ? [foreignMarkdown(block.text)] : [])).join('\n\n');
}

function thinkingBody(shown: string | null, stored: StoredEvent | undefined): string {
  const text = asText(field(stored?.event.body, 'thinking')) ?? shown;
  return text === null ? '' : quoted(foreignMarkdown(text));
}

/** A line whose parts are not read as markup. */
function safeNotice(row: NoticeRow): NoticeText & { readonly more: readonly NoticeText[] } {
  const safe = ({ code, args }: NoticeText): NoticeText => {
    const entries = Object.entries(args).map(([name, value]): [string, string] => [
      name,
      inline(value, 2_000),
    ]);
    return { code, args: Object.fromEntries(entries) };
  };
  return { ...safe(row), more: (row.more ?? []).map(safe) };
}

/** What the page folds away behind the line: the content of the event, whole. */
function noticeBody(row: NoticeRow, stored: StoredEvent | undefined, texts: ExportTexts): string {
  return (row.blocks ?? []).length === 0 ? '' : messageBody(row.blocks ?? [], stored, texts);
}

function toolBody(
  row: ToolRow,
  stored: StoredEvent | undefined,
  source: BodySource,
  texts: ExportTexts,
): string {
  const input = stored === undefined ? { text: row.inputJson, language: 'json' } : inputBody(stored);
  const language = input.language === 'shellscript' ? 'sh' : input.language;
  const result = source.resultOf(stored?.event.id ?? row.key);
  const parts = [`**${texts.input}**`, fenced(input.text, language)];
  const reason = row.decision?.reason ?? null;
  if (reason !== null) {
    parts.push(quoted(foreignMarkdown(reason)));
  }
  if (result !== undefined) {
    const content = field(result.body, 'content');
    parts.push(`**${texts.result}**`, resultMarkdown(content, texts));
  }
  return parts.join('\n\n');
}

function resultMarkdown(content: JsonValue | undefined, texts: ExportTexts): string {
  const pieces = contentPieces(content).map((piece) => pieceMarkdown(piece, texts, fenced));
  return pieces.filter((piece) => piece !== '').join('\n\n') || `*${texts.noOutput}*`;
}

function contentMarkdown(content: JsonValue | undefined, texts: ExportTexts): string {
  return contentPieces(content)
    .map((piece) => pieceMarkdown(piece, texts, foreignMarkdown))
    .filter((piece) => piece !== '')
    .join('\n\n');
}

function contentPieces(content: JsonValue | undefined): readonly JsonValue[] {
  return isJsonObject(content) || typeof content === 'string' ? [content] : asArray(content);
}

function pieceMarkdown(piece: JsonValue, texts: ExportTexts, asBody: (text: string) => string): string {
  if (typeof piece === 'string') {
    return piece === '' ? '' : asBody(piece);
  }
  const block = asObject(piece);
  const text = field(block, 'text');
  const type = asText(field(block, 'type'));
  if (type === 'text' && typeof text === 'string') {
    return text === '' ? '' : asBody(text);
  }
  const source = asObject(field(block, 'source'));
  const mediaType = asText(field(source, 'media_type'));
  switch (type) {
    case 'image':
      return line([texts.image, mediaType]);
    case 'document': {
      const name = line([texts.document, asText(field(block, 'title')), mediaType]);
      const data = asText(field(source, 'data'));
      return field(source, 'type') === 'text' && data !== undefined ? `${name}\n\n${fenced(data)}` : name;
    }
    case 'search_result': {
      const found = contentPieces(field(block, 'content')).map((part) => pieceMarkdown(part, texts, fenced));
      return [line([asText(field(block, 'title')), asText(field(block, 'source'))]), ...found].join('\n\n');
    }
    case 'redacted':
      return line([texts.redacted]);
    default:
      return fenced(prettyJson(piece), 'json');
  }
}

function line(parts: readonly (string | undefined)[]): string {
  return `*${parts.flatMap((part) => (part === undefined ? [] : [inline(part)])).join(' · ')}*`;
}
