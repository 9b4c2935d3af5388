import { MAX_ATTACHMENTS } from '../../../protocol/composerMessages.ts';
import { asArray, asObject, asText, field, type JsonValue } from '../../../util/json.ts';
import type { Attachment, AttachmentReference } from './attachment.ts';

/** An attachment as it is remembered over a reload of the window: never its content. */
export interface KeptAttachment {
  readonly name: string;
  /** Undefined where there is nothing to find it by. */
  readonly reference: AttachmentReference | undefined;
}

export function toKept(attachments: readonly Attachment[]): readonly KeptAttachment[] {
  return attachments.map(({ chip, reference }) => ({ name: chip.name, reference }));
}

/** Reads back what was remembered; what is not as it should be is left out. */
export function readKept(value: unknown): readonly KeptAttachment[] {
  return asArray(value)
    .slice(0, MAX_ATTACHMENTS)
    .flatMap((item) => {
      const name = asText(field(asObject(item), 'name'));
      return name === undefined
        ? []
        : [{ name, reference: readReference(field(asObject(item), 'reference')) }];
    });
}

function readReference(value: JsonValue | undefined): AttachmentReference | undefined {
  const object = asObject(value);
  const uri = asText(field(object, 'uri'));
  const kind = field(object, 'kind');
  if (uri === undefined || (kind !== 'file' && kind !== 'selection')) {
    return undefined;
  }
  if (kind === 'file') {
    return { kind, uri };
  }
  const hash = asText(field(object, 'hash'));
  const numbers = asArray(field(object, 'range')).filter(
    (item) => Number.isSafeInteger(item) && Number(item) >= 0,
  );
  const [startLine, start, endLine, end] = numbers.map(Number);
  return hash === undefined ||
    startLine === undefined ||
    start === undefined ||
    endLine === undefined ||
    end === undefined
    ? undefined
    : { kind, uri, hash, range: [startLine, start, endLine, end] };
}
