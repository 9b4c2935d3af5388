import { isJsonObject } from '../util/json.ts';
import type { HostMessage } from './messages.ts';

type FieldsOf<Type extends HostMessage['type']> = Exclude<
  keyof Extract<HostMessage, { readonly type: Type }>,
  'type'
>;

/**
 * Every message to the page with all its fields: the compiler refuses one that is missing here and one too many.
 * Whatever is added to a message is seen here: no key, no setting, no path of the machine belongs in one.
 */
export const hostMessageFields: {
  readonly [Type in HostMessage['type']]: Readonly<Record<FieldsOf<Type>, true>>;
} = {
  open: {
    seq: true,
    header: true,
    feed: true,
    banner: true,
    range: true,
    from: true,
    rows: true,
    strings: true,
    draft: true,
    composer: true,
    locale: true,
  },
  patches: { seq: true, patches: true },
  rows: { id: true, range: true, from: true, rows: true },
  outcome: { id: true, outcome: true },
  reveal: { at: true, key: true },
  place: { at: true, key: true },
  focusComposer: {},
  focusLastMessage: {},
  startRename: {},
  composer: { composer: true },
  recalled: { id: true, entry: true },
  attachmentImage: { key: true, mediaType: true, data: true, bytes: true },
  logRows: {
    seq: true,
    view: true,
    range: true,
    from: true,
    names: true,
    rows: true,
    before: true,
    anchor: true,
    total: true,
    counts: true,
    selected: true,
  },
  logDetail: { id: true, detail: true },
  logCount: { total: true },
  toggleLog: {},
  showInLog: { name: true },
  timeline: {
    seq: true,
    view: true,
    domain: true,
    from: true,
    to: true,
    now: true,
    isLive: true,
    lanes: true,
    untimed: true,
    disordered: true,
  },
  toggleTimeline: {},
  find: { id: true, result: true },
  showFind: { wish: true },
};

/** Takes what arrived in the page for a message of the host, with all its fields and no other, or for none. */
export function isHostMessage(value: unknown): value is HostMessage {
  if (!isJsonObject(value) || typeof value['type'] !== 'string') {
    return false;
  }
  const { type, ...rest } = value;
  if (!Object.hasOwn(hostMessageFields, type)) {
    return false;
  }
  const wanted = Object.keys(hostMessageFields[type as HostMessage['type']]);
  const names = Object.keys(rest);
  return names.length === wanted.length && wanted.every((name) => Object.hasOwn(rest, name));
}
