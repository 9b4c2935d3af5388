import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/errors.ts';
import { decodeSession, type Session } from '../../../src/api/resources/session.ts';
import { plainL10n } from '../../../src/l10n.ts';
import { MAX_TITLE } from '../../../src/protocol/headerMessages.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { SessionTitle } from '../../../src/vscode/panel/sessionTitle.ts';

const described = (title: string | null, updatedAt: string): Session => {
  const session = decodeSession({ id: 's', title, updated_at: updatedAt });
  assert.ok(session !== undefined);
  return session;
};

const early = '2026-01-01T00:00:00Z';
const late = '2026-01-01T00:01:00Z';

/** A server that answers when the test says so. */
function setUp() {
  const asked: JsonObject[] = [];
  let answer: PromiseWithResolvers<Session> = Promise.withResolvers();
  let session: Session | undefined = described('old', early);
  let changes = 0;
  const title = new SessionTitle({
    client: {
      updateSession: (_id, body) => {
        asked.push(body);
        answer = Promise.withResolvers();
        return answer.promise;
      },
    },
    sessionId: 's',
    l10n: plainL10n,
    session: () => session,
    onDidChange: () => {
      changes += 1;
    },
    explain: (error) => `because ${error.reason}`,
  });
  return {
    title,
    asked,
    yes: (is: Session) => answer.resolve(is),
    no: (error: unknown) => answer.reject(error),
    describe: (is: Session) => {
      session = is;
    },
    changes: () => changes,
  };
}

describe('the title of a session', () => {
  it('is shown at once, and stays when the server has it', async () => {
    const { title, asked, yes, changes } = setUp();
    const outcome = title.rename('  new  ');
    assert.equal(title.current, 'new');
    assert.equal(changes(), 1);
    assert.deepEqual(asked, [{ title: 'new' }]);
    yes(described('new', late));
    assert.deepEqual(await outcome, { ok: true });
    assert.equal(title.current, 'new');
  });

  it('is taken back when the server refuses it, with the reason', async () => {
    const { title, no, changes } = setUp();
    const outcome = title.rename('new');
    no(new ApiError('forbidden'));
    assert.deepEqual(await outcome, { ok: false, code: 'forbidden', message: 'because forbidden' });
    assert.equal(title.current, undefined);
    assert.equal(changes(), 2);
  });

  it('goes back to the one before, which was given here as well', async () => {
    const { title, yes, no } = setUp();
    const first = title.rename('one');
    yes(described('one', late));
    await first;
    const second = title.rename('two');
    no(new TypeError('network'));
    assert.equal((await second).ok, false);
    assert.equal(title.current, 'one');
  });

  it('gives way to a newer description, and not to an older one that came late', async () => {
    const { title, yes, describe: say } = setUp();
    const outcome = title.rename('new');
    yes(described('new', late));
    await outcome;
    say(described('old', early));
    assert.equal(title.current, 'new');
    say(described('newer', '2026-01-01T00:02:00Z'));
    assert.equal(title.current, undefined);
  });

  it('is taken away by an empty one', async () => {
    const { title, asked, yes } = setUp();
    const outcome = title.rename('   ');
    assert.deepEqual(asked, [{ title: null }]);
    yes(described(null, late));
    await outcome;
    assert.equal(title.current, '');
  });

  it('is not asked for twice at once, nor when it is too long', async () => {
    const { title, asked, yes } = setUp();
    const first = title.rename('one');
    assert.equal((await title.rename('two')).ok, false);
    yes(described('one', late));
    await first;
    const long = await title.rename('x'.repeat(MAX_TITLE + 1));
    assert.equal(long.ok || long.code, 'tooLong');
    assert.equal(asked.length, 1);
    assert.equal(title.current, 'one');
  });
});
