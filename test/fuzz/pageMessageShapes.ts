import type { PageMessage } from '../../src/protocol/messages.ts';

const call = { eventId: 'sevt_a', inputHash: 'h' };

const byType: { readonly [Type in PageMessage['type']]: Extract<PageMessage, { readonly type: Type }> } = {
  ready: { type: 'ready', anchor: 'e1' },
  rename: { type: 'rename', id: 1, title: 'x' },
  ack: { type: 'ack', seq: 0 },
  window: { type: 'window', from: -100, end: 4 },
  rows: { type: 'rows', id: 1, from: -5, count: 20 },
  send: { type: 'send', id: 1, text: 'Hello', attachments: ['a', 'b'], interrupt: false },
  draft: { type: 'draft', text: 'd' },
  recall: { type: 'recall', id: 1, from: null },
  attach: { type: 'attach', source: 'file' },
  attachMenu: { type: 'attachMenu' },
  detach: { type: 'detach', key: 'a' },
  openAttachment: { type: 'openAttachment', key: 'a' },
  pasteImage: { type: 'pasteImage', data: 'iVBORw0KGgo=' },
  dismissNote: { type: 'dismissNote' },
  interrupt: { type: 'interrupt', id: 1 },
  decide: { type: 'decide', id: 1, ...call, decision: 'allow', reason: '' },
  allowAll: { type: 'allowAll', id: 1, calls: [call] },
  answerTool: { type: 'answerTool', id: 1, ...call, text: '42', isError: false },
  openInput: { type: 'openInput', id: 1, ...call },
  showCall: { type: 'showCall', eventId: 'sevt_a' },
  openBody: { type: 'openBody', key: 'k', part: 'result' },
  copyBody: { type: 'copyBody', key: 'k', part: 'text' },
  openCode: { type: 'openCode', key: 'k', block: 0, code: 12 },
  openBlock: { type: 'openBlock', key: 'k', part: 'text', index: 0 },
  openLink: { type: 'openLink', url: 'https://e.example' },
  action: { type: 'action', action: 'reconnect' },
  findStart: { type: 'findStart', id: 1, text: 'x', matchCase: false, wholeWord: true, from: 3 },
  findStep: { type: 'findStep', id: 1, direction: 'next' },
  findOpen: { type: 'findOpen', id: 1 },
  findClose: { type: 'findClose' },
  logView: {
    type: 'logView',
    view: 1,
    kinds: ['tools'],
    text: 'a',
    place: { at: 'event', name: 'e1', before: 3 },
    count: 60,
    selected: null,
  },
  logAck: { type: 'logAck', seq: 0 },
  logHide: { type: 'logHide' },
  logDetail: { type: 'logDetail', id: 1, name: 'e1' },
  logCopy: { type: 'logCopy', name: 'e1', part: 'json' },
  logOpenJson: { type: 'logOpenJson', name: 'e1' },
  logReveal: { type: 'logReveal', id: 1, name: 'e1' },
};

/** A message of every type that a page can post, in its right form. */
export const pageMessageShapes: readonly PageMessage[] = Object.values(byType);
