import assert from 'node:assert/strict';
import { findCommand, type FindKey, type FindPlace } from '../../../media/session/find/findKeys.ts';

const key = (name: string, part: Partial<FindKey> = {}): FindKey => ({
  key: name,
  code: '',
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  isComposing: false,
  ...part,
});

const closed: FindPlace = { isMac: false, isOpen: false, isInBar: false, isInField: false, isInView: true };
const inField: FindPlace = { ...closed, isOpen: true, isInBar: true, isInField: true, isInView: false };
const onMac = (place: FindPlace): FindPlace => ({ ...place, isMac: true });

describe('keys of the find bar', () => {
  const cases: readonly (readonly [string, FindKey, FindPlace, string | undefined])[] = [
    ['Ctrl+F opens', key('f', { ctrlKey: true }), closed, 'open'],
    ['Ctrl+F with caps lock opens', key('F', { ctrlKey: true }), closed, 'open'],
    ['Cmd+F opens on a Mac', key('f', { metaKey: true }), onMac(closed), 'open'],
    ['Ctrl+F goes forward on a Mac', key('f', { ctrlKey: true }), onMac(closed), undefined],
    ['Ctrl+Shift+F is the editor’s', key('F', { ctrlKey: true, shiftKey: true }), closed, undefined],
    ['F3 is the editor’s while the bar is closed', key('F3'), closed, undefined],
    ['F3 goes on', key('F3'), { ...closed, isOpen: true }, 'next'],
    ['Shift+F3 goes back', key('F3', { shiftKey: true }), { ...closed, isOpen: true }, 'previous'],
    ['Enter goes on in the field', key('Enter'), inField, 'next'],
    ['Shift+Enter goes back in the field', key('Enter', { shiftKey: true }), inField, 'previous'],
    ['Enter presses a button', key('Enter'), { ...inField, isInField: false }, undefined],
    ['Enter that chooses a word', key('Enter', { isComposing: true }), inField, undefined],
    ['Cmd+G goes on on a Mac', key('g', { metaKey: true }), onMac(inField), 'next'],
    ['Shift+Cmd+G goes back', key('g', { metaKey: true, shiftKey: true }), onMac(inField), 'previous'],
    ['Escape closes from the bar', key('Escape'), inField, 'close'],
    ['Escape closes from the conversation', key('Escape'), { ...closed, isOpen: true }, 'close'],
    ['Escape elsewhere', key('Escape'), { ...closed, isOpen: true, isInView: false }, undefined],
    ['Alt+C', key('c', { altKey: true, code: 'KeyC' }), inField, 'matchCase'],
    ['Alt+W', key('w', { altKey: true, code: 'KeyW' }), inField, 'wholeWord'],
    [
      'Alt+C outside of the bar',
      key('c', { altKey: true, code: 'KeyC' }),
      { ...inField, isInBar: false },
      undefined,
    ],
    [
      '⌥⌘C, which writes another letter',
      key('ç', { altKey: true, metaKey: true, code: 'KeyC' }),
      onMac(inField),
      'matchCase',
    ],
  ];
  for (const [what, pressed, place, expected] of cases) {
    it(`${what}: ${expected ?? 'not ours'}`, () => assert.equal(findCommand(pressed, place), expected));
  }
});
