import assert from 'node:assert/strict';
import { hostMessageFields, isHostMessage } from '../../../src/protocol/hostMessageFields.ts';

/** A message of every type with something in every field. */
const messages = Object.entries(hostMessageFields).map(([type, fields]): Record<string, unknown> => ({
  type,
  ...Object.fromEntries(Object.keys(fields).map((name) => [name, 1])),
}));

describe('what a page hears', () => {
  it('is closed: no type, field or form that is not in the table', () => {
    assert.ok(messages.length > 15);
    for (const message of messages) {
      assert.ok(isHostMessage(message), String(message['type']));
      assert.ok(!isHostMessage({ ...message, extra: 1 }));
      for (const name of Object.keys(message)) {
        assert.ok(
          !isHostMessage(Object.fromEntries(Object.entries(message).filter(([each]) => each !== name))),
        );
      }
    }
    for (const other of [null, undefined, 1, 'open', [], [{ type: 'toggleLog' }], {}, { type: 'toString' }]) {
      assert.ok(!isHostMessage(other));
    }
  });

  it('has no place for a key, a setting, a command or a path', () => {
    const fields = messages.flatMap((message) => Object.keys(message));
    assert.deepEqual(
      fields.filter((name) => /secret|apiKey|token|auth|setting|command|path|env|headers/i.test(name)),
      [],
    );
  });
});
