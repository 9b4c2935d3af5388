import assert from 'node:assert/strict';
import { EventStore, type StoredEvent } from '../../../src/stream/eventStore.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { asking, asks, decision, idle, result, running, says, TestSession, use } from './transcriptSetup.ts';

/** A store that counts how often it is looked at. */
class CountingStore extends EventStore {
  looks = 0;

  override at(position: number): StoredEvent | undefined {
    this.looks++;
    return super.at(position);
  }

  override get(key: string): StoredEvent | undefined {
    this.looks++;
    return super.get(key);
  }
}

const LENGTH = 50_000;
/** Looks at the store that one event may cost, whatever it is. */
const FEW = 20;

/** A long session of every kind of event; a turn of twenty leaves one call without a result. */
function longSession(): { readonly session: TestSession; readonly store: CountingStore } {
  const store = new CountingStore();
  const session = new TestSession(store);
  for (let turn = 0; turn < LENGTH / 20; turn++) {
    session.arrive(
      running(`run${turn}`),
      asks(`ask${turn}`),
      use(`lost${turn}`),
      ...Array.from({ length: 8 }, (_, index) => use(`use${turn}-${index}`)),
      ...Array.from({ length: 8 }, (_, index) => result(`res${turn}-${index}`, `use${turn}-${index}`)),
      idle(`idle${turn}`),
    );
  }
  return { session, store };
}

function looksOf(store: CountingStore, work: () => void): number {
  const before = store.looks;
  work();
  return store.looks - before;
}

describe('the cost of a transcript', () => {
  it('is the same for an event after 50,000 as after none', () => {
    const { session, store } = longSession();
    assert.ok(store.size >= LENGTH);
    const events: JsonObject[] = [
      running('s1'),
      says('m'),
      use('u'),
      use('v'),
      result('r', 'u'),
      asking('i1', 'v'),
      decision('d', 'v'),
      running('s2'),
      asks('q', { processed_at: null }),
      says('n'),
      asks('q'),
      { type: 'agent.thinking', id: 't' },
      { type: 'session.usage', id: 'use' },
      { type: 'session.error', id: 'e', error: { retry_status: { type: 'exhausted' } } },
      { type: 'event_start', event: { type: 'agent.message', id: 'p' } },
      { type: 'event_delta', event_id: 'p', delta: { content: { type: 'text', text: 'x' } } },
      says('p'),
      result('late', 'lost3'),
      { type: 'future.thing', id: 'f' },
      idle('i2'),
      running('s3'),
      idle('i3'),
    ];
    for (const json of events) {
      const looks = looksOf(store, () => {
        session.arrive(json);
        // What a flush to a page asks for.
        assert.ok(session.transcript.at(session.transcript.end - 1) !== undefined);
        assert.ok(session.transcript.pending.length < 2);
      });
      assert.ok(looks <= FEW, `${looks} looks for ${JSON.stringify(json)}`);
    }
  });

  it('touches only the rows that an event is about', () => {
    const { session } = longSession();
    const stamps = () => {
      const all = new Map<string, string>();
      for (let at = session.transcript.first; at < session.transcript.end; at++) {
        const slot = session.transcript.at(at);
        all.set(slot?.key ?? '', slot?.stamp ?? '');
      }
      return all;
    };
    session.arrive(running('s'), use('u'));
    const before = stamps();
    const changed = (json: JsonObject) => {
      session.arrive(json);
      return [...stamps()].filter(([key, stamp]) => before.get(key) !== stamp).map(([key]) => key);
    };
    assert.deepEqual(changed(says('m')), ['m']);
    assert.deepEqual(changed(idle('i')), ['u', 'm']);
    assert.deepEqual(changed(running('s2')), ['u', 'm']);
  });

  it('is in proportion to what is read, not to what is held', () => {
    const { session, store } = longSession();
    const page = Array.from({ length: 100 }, (_, index) => use(`old${index}`));
    const looks = looksOf(store, () => session.older(...page));
    assert.ok(looks <= FEW * page.length, `${looks} looks`);
    assert.ok(looksOf(store, () => store.trim(store.size - 100)) <= FEW * 100);
  });

  it('of a whole session grows with its length', () => {
    const { store } = longSession();
    assert.ok(store.looks <= FEW * store.size);
    const again = looksOf(store, () => new TestSession(store).transcript.dispose());
    assert.ok(again <= FEW * store.size, `${again} looks`);
  });
});
