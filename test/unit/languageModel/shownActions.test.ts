import assert from 'node:assert/strict';
import { sandboxConnection } from '../../../src/api/connection.ts';
import { plainL10n } from '../../../src/l10n.ts';
import { ShownActions } from '../../../src/vscode/languageModel/shownActions.ts';

const connection = sandboxConnection('http://127.0.0.1:4000');
const elsewhere = sandboxConnection('http://127.0.0.1:5000');
const action = (message: string) =>
  ({ question: 'Send?', connection, facts: [['Message', message]] }) as const;

describe('what the user is shown before a tool acts', () => {
  let shown: ShownActions;
  beforeEach(() => {
    shown = new ShownActions(plainL10n);
  });

  it('is where it goes and the exact text, each in a block of code', () => {
    assert.equal(
      shown.show(action('Two\nlines [a](https://evil.example) <b>')),
      [
        'Connection:',
        `\`\`\`text\n${connection.name} (${connection.origin}${connection.prefix})\n\`\`\``,
        'Message:',
        '```text\nTwo\nlines [a](https://evil.example) <b>\n```',
      ].join('\n\n'),
    );
  });

  it('cannot be ended by the text: the fence is longer than any in it', () => {
    const text = shown.show(action('```\n[a](command:evil)\n````\n`'));
    assert.ok(text.endsWith('`````text\n```\n[a](command:evil)\n````\n`\n`````'));
  });

  it('spells out what could not be seen', () => {
    const text = shown.show(action('Delete\u202enothing'));
    assert.ok(!text.includes('\u202e'));
    assert.match(text, /Delete⟨U\+202E⟩nothing/);
  });

  it('is done once for each time that it was shown, and nothing else is', () => {
    shown.show(action('a'));
    assert.throws(() => shown.take(action('b')), /nothing was done/);
    assert.throws(() => shown.take({ ...action('a'), connection: elsewhere }), /nothing was done/);
    shown.take(action('a'));
    assert.throws(() => shown.take(action('a')), /nothing was done/);
  });

  it('is forgotten when the tools go, and the oldest when there is too much', () => {
    for (let count = 0; count <= 100; count++) {
      shown.show(action(`${count}`));
    }
    assert.throws(() => shown.take(action('0')), /nothing was done/);
    shown.take(action('1'));
    shown.forget();
    assert.throws(() => shown.take(action('2')), /nothing was done/);
  });
});
