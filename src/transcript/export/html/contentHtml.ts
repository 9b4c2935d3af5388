import { asArray, asObject, asText, field, isJsonObject, type JsonValue } from '../../../util/json.ts';
import { rasterHeader } from '../../../util/rasterHeader.ts';
import { prettyJson } from '../../prettyJson.ts';
import type { ExportTexts } from '../exportTexts.ts';
import { outputHtml } from './codeHtml.ts';
import { linkHtml, markdownHtml } from './markdownHtml.ts';
import { element, Markup } from './markup.ts';

/** A longer message is written as plain text, in UTF-16 units: reading it as Markdown would take too long. */
const MOST_MARKDOWN = 200_000;
/** Larger pictures are named only, in characters of base64. */
const MOST_PICTURE = 8_000_000;

/** A text that is Markdown by custom. */
export function messageHtml(text: string, texts: ExportTexts): Markup {
  return text.length > MOST_MARKDOWN ? outputHtml(text) : markdownHtml(text, texts);
}

/** All pieces of a message or a result; `asBody` draws those that are text. */
export function contentHtml(
  content: JsonValue | undefined,
  texts: ExportTexts,
  asBody: (text: string, texts: ExportTexts) => Markup,
): readonly Markup[] {
  const pieces = isJsonObject(content) || typeof content === 'string' ? [content] : asArray(content);
  return pieces.flatMap((piece) => pieceHtml(piece, texts, asBody) ?? []);
}

function pieceHtml(
  piece: JsonValue,
  texts: ExportTexts,
  asBody: (text: string, texts: ExportTexts) => Markup,
): Markup | undefined {
  if (typeof piece === 'string') {
    return piece === '' ? undefined : asBody(piece, texts);
  }
  const block = asObject(piece);
  const type = asText(field(block, 'type'));
  const text = field(block, 'text');
  if (type === 'text' && typeof text === 'string') {
    return text === '' ? undefined : asBody(text, texts);
  }
  const source = asObject(field(block, 'source'));
  const data = asText(field(source, 'data'));
  const mediaType = asText(field(source, 'media_type'));
  switch (type) {
    case 'image':
      return pictureHtml(data, texts) ?? placeholder([texts.image, mediaType]);
    case 'document': {
      const name = placeholder([texts.document, asText(field(block, 'title')), mediaType]);
      return field(source, 'type') === 'text' && data !== undefined
        ? element('div', {}, name, outputHtml(data))
        : name;
    }
    case 'search_result': {
      const title = asText(field(block, 'title')) ?? '';
      const from = asText(field(block, 'source'));
      const found = contentHtml(field(block, 'content'), texts, (each) => outputHtml(each));
      return element(
        'div',
        {},
        element('p', { class: 'part-name' }, title, ' ', from === undefined ? '' : linkHtml(from, [from])),
        found,
      );
    }
    case 'redacted':
      return placeholder([texts.redacted]);
    default:
      return outputHtml(prettyJson(piece), 'json');
  }
}

/** A picture by its bytes, whatever it is said to be. */
function pictureHtml(data: string | undefined, texts: ExportTexts): Markup | undefined {
  if (data === undefined || data.length > MOST_PICTURE) {
    return undefined;
  }
  const header = rasterHeader(new Uint8Array(Buffer.from(data.slice(0, 400_000), 'base64')));
  return header && Markup.picture(header.mediaType, data, texts.image);
}

function placeholder(parts: readonly (string | undefined)[]): Markup {
  return element('span', { class: 'placeholder' }, parts.filter((part) => part !== undefined).join(' · '));
}
