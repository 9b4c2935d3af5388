import { lengthProblem, limits, nameProblem } from '../../../edit/limits.ts';
import { type Metadata, metadataObject, metadataPatch, readMetadata } from '../../../edit/metadata.ts';
import { withField } from '../../../edit/sessionBody.ts';
import { asText, field, type JsonObject } from '../../../util/json.ts';
import type { L10n } from '../../../l10n.ts';
import type { EditField } from '../../input/askFields.ts';
import { askMetadata } from '../../input/askMetadata.ts';
import { askText } from '../../input/askText.ts';

/** The name of a thing. */
export function nameField(l10n: L10n): EditField {
  return {
    name: 'name',
    label: l10n.t('Name'),
    icon: 'symbol-string',
    describe: (object) => asText(field(object, 'name')) ?? '',
    ask: async (frame, object) => {
      const answer = await askText(frame, {
        prompt: l10n.t('The new name'),
        value: asText(field(object, 'name')),
        validate: (text) => nameProblem(text, l10n),
      });
      return answer.kind === 'value' ? { kind: 'value', value: { ...object, name: answer.value } } : answer;
    },
  };
}

/** What a thing is for, in one line. */
export function descriptionField(l10n: L10n): EditField {
  return {
    name: 'description',
    label: l10n.t('Description'),
    icon: 'note',
    describe: (object) => asText(field(object, 'description')) ?? l10n.t('none'),
    ask: async (frame, object) => {
      const answer = await askText(frame, {
        prompt: l10n.t('What it is for; empty for none'),
        value: asText(field(object, 'description')),
        validate: (text) => lengthProblem(text, limits.description, l10n),
      });
      return answer.kind === 'value'
        ? { kind: 'value', value: { ...object, description: answer.value === '' ? null : answer.value } }
        : answer;
    },
  };
}

/** The metadata as one of several fields. */
export function metadataField(l10n: L10n): EditField {
  return {
    name: 'metadata',
    label: l10n.t('Metadata'),
    icon: 'tag',
    describe: (object) => {
      const keys = [...readMetadata(object).keys()];
      return keys.length === 0 ? l10n.t('none') : keys.join(', ');
    },
    ask: async ({ title, canGoBack }, object) => {
      const before = readMetadata(object);
      let soFar = before;
      const answer = await askMetadata(
        { title, canGoBack },
        { pairs: before, doneLabel: l10n.t('Done'), remember: (pairs) => (soFar = pairs), l10n },
      );
      // Going back with pairs that were entered does not lose them, as little as saying that they are done.
      return answer.kind === 'cancelled'
        ? answer
        : { kind: 'value', value: withMetadata(object, before, soFar) };
    },
  };
}

function withMetadata(object: JsonObject, before: Metadata, after: Metadata): JsonObject {
  return metadataPatch(before, after) === undefined
    ? object
    : withField(object, 'metadata', metadataObject(after));
}
