import type { StoredEvent } from '../../../stream/eventStore.ts';
import { assertNever } from '../../../util/assertNever.ts';
import { asText, field } from '../../../util/json.ts';
import { noticeLine } from '../../noticeLine.ts';
import { prettyJson } from '../../prettyJson.ts';
import type { Block, NoticeRow, RawRow, Row, ThinkingRow, ToolRow } from '../../row.ts';
import { type ExportTexts, fillText } from '../exportTexts.ts';
import type { BodySource } from '../rowMarkdown.ts';
import { contentHtml, messageHtml } from './contentHtml.ts';
import { outputHtml } from './codeHtml.ts';
import { element, type Markup } from './markup.ts';
import { toolParts, toolSubject } from './toolHtml.ts';

/** A row of the session as a part of a document, whole: rows themselves are cut to what a screen can use. */
export function rowHtml(row: Row, source: BodySource, texts: ExportTexts): Markup {
  const stored = source.event(row.key);
  switch (row.kind) {
    case 'userMessage': {
      const note = row.state === 'done' ? undefined : texts.messageState[row.state];
      return element(
        'article',
        { class: 'user' },
        element(
          'div',
          { class: 'bubble' },
          head(texts.you, row, texts),
          bodyOf(row.blocks, stored, texts),
          note === undefined ? undefined : element('p', { class: 'state' }, note),
        ),
      );
    }
    case 'agentMessage':
      return element(
        'article',
        { class: 'agent' },
        head(texts.agent, row, texts),
        bodyOf(row.blocks, stored, texts),
      );
    case 'thinking':
      return thinking(row, stored, texts);
    case 'tool':
      return tool(row, source, stored, texts);
    case 'notice':
      return notice(row, stored, texts);
    case 'raw':
      return raw(row, stored, texts);
    default:
      return assertNever(row);
  }
}

/** Who said it, when, and the id of its event. */
function head(who: string, row: Row, texts: ExportTexts): Markup {
  return element('header', { class: 'head' }, element('h2', {}, who), labels(row, texts));
}

function labels({ at, eventId }: Row, texts: ExportTexts): readonly (Markup | undefined)[] {
  return [
    at === null ? undefined : element('time', { datetime: new Date(at).toISOString() }, texts.time(at)),
    eventId === null ? undefined : element('span', { class: 'id' }, eventId.slice(0, 200)),
  ];
}

/** Of a message that no event stands for yet, the row is all there is. */
function bodyOf(
  blocks: readonly Block[],
  stored: StoredEvent | undefined,
  texts: ExportTexts,
): readonly Markup[] {
  return stored === undefined
    ? blocks.flatMap((block) => (block.type === 'text' ? [messageHtml(block.text, texts)] : []))
    : contentHtml(field(stored.event.body, 'content'), texts, messageHtml);
}

function thinking(row: ThinkingRow, stored: StoredEvent | undefined, texts: ExportTexts): Markup {
  const title =
    row.durationMs === null
      ? texts.thought
      : fillText(texts.thoughtFor, { duration: texts.duration(row.durationMs) });
  const text = asText(field(stored?.event.body, 'thinking')) ?? row.text;
  return card(
    'thinking',
    [element('span', { class: 'what' }, title)],
    [text === null ? undefined : element('div', { class: 'thought' }, messageHtml(text, texts))],
    row,
    texts,
  );
}

function tool(row: ToolRow, source: BodySource, stored: StoredEvent | undefined, texts: ExportTexts): Markup {
  const name = row.server === null ? row.name : `${row.server}: ${row.name}`;
  const duration = row.durationMs === null ? '' : ` · ${texts.duration(row.durationMs)}`;
  const subject = toolSubject(row);
  const title = [
    element('span', { class: 'what' }, subject ?? name),
    subject === undefined ? undefined : element('span', { class: 'name' }, name),
    element('span', { class: 'status' }, texts.toolStatus[row.status], duration),
  ];
  const result = source.resultOf(stored?.event.id ?? row.key);
  return card(`tool is-${row.status}`, title, toolParts(row, stored, result, texts), row, texts);
}

function notice(row: NoticeRow, stored: StoredEvent | undefined, texts: ExportTexts): Markup {
  const words = noticeLine(row, texts.notice, texts);
  if ((row.blocks ?? []).length === 0) {
    return element('div', { class: `notice tone-${row.tone}` }, element('span', {}, words));
  }
  return card(
    'notice-card',
    [element('span', { class: 'what' }, words)],
    [element('div', { class: 'thought' }, bodyOf(row.blocks ?? [], stored, texts))],
    row,
    texts,
  );
}

function raw(row: RawRow, stored: StoredEvent | undefined, texts: ExportTexts): Markup {
  const json = stored === undefined ? row.json : prettyJson(stored.event.raw);
  const title = fillText(texts.event, { type: row.type });
  return card('raw', [element('span', { class: 'what' }, title)], [outputHtml(json, 'json')], row, texts);
}

/** What is folded away until a reader opens it. */
function card(
  kind: string,
  title: readonly (Markup | undefined)[],
  parts: readonly (Markup | undefined)[],
  row: Row,
  texts: ExportTexts,
): Markup {
  return element(
    'details',
    { class: `card ${kind}` },
    element('summary', {}, title),
    parts,
    element('div', { class: 'card-foot' }, labels(row, texts)),
  );
}
