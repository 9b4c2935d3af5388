import assert from 'node:assert/strict';
import { MAX_WINDOW_ROWS, type Patch } from '../../../src/protocol/messages.ts';
import { RowWindow } from '../../../src/protocol/rowWindow.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { between, seededRandom } from '../../support/random.ts';
import {
  asks,
  idle,
  result,
  running,
  says,
  slotsOf,
  TestSession,
  use,
} from '../transcript/transcriptSetup.ts';
import { PageReplica } from './pageReplica.ts';

const SEEDS = 150;
const STEPS = 120;

type ToPage =
  | { readonly kind: 'patches'; readonly patches: readonly Patch[] }
  | { readonly kind: 'rows'; readonly answer: ReturnType<RowWindow['read']> };
interface ToHost {
  readonly kind: 'window' | 'rows';
  readonly from: number;
  readonly end: number;
}

describe('a page that follows a session', () => {
  it('ends with the rows of the transcript, however messages cross', function () {
    this.timeout(60_000);
    for (let seed = 1; seed <= SEEDS; seed++) {
      const world = new World(seed);
      for (let step = 0; step < STEPS; step++) {
        world.act(step);
        if (step % 15 === 14) {
          world.settle();
          world.check(`seed ${seed}, step ${step}`);
        }
      }
    }
  });
});

/** A session that lives, a page that scrolls, and a wire in each direction that keeps order and takes its time. */
class World {
  private readonly random: () => number;
  private readonly session = new TestSession();
  private readonly window = new RowWindow(this.session.transcript, MAX_WINDOW_ROWS);
  private readonly page = new PageReplica();
  private readonly toPage: ToPage[] = [];
  private readonly toHost: ToHost[] = [];
  private readonly calls: string[] = [];
  private readonly outgoing: string[] = [];
  private made = 0;
  private oldest = 0;

  constructor(seed: number) {
    this.random = seededRandom(seed);
    this.session.arrive(...Array.from({ length: between(this.random, 0, 500) }, () => this.event()));
    this.page.open(this.window.open());
  }

  act(step: number): void {
    const { random, session } = this;
    const acts: (() => void)[] = [
      () => session.arrive(this.event()),
      () => session.arrive(...Array.from({ length: between(random, 1, 40) }, () => this.event())),
      () => session.arrive(...Array.from({ length: between(random, 80, 150) }, () => this.event())),
      () => session.older(...this.olderPage()),
      () => session.store.trim(between(random, 100, 800)),
      () => this.preview(),
      () => this.preview(),
      () => this.send(step),
      () => this.scroll(),
      () => this.scroll(),
      () => this.keepLess(),
    ];
    acts[between(random, 0, acts.length)]?.();
    for (let turn = between(random, 0, 6); turn > 0; turn--) {
      [() => this.flush(), () => this.deliverToPage(), () => this.deliverToHost()][between(random, 0, 3)]?.();
    }
  }

  /** Everything that is under way arrives, and the host has nothing more to say. */
  settle(): void {
    for (let turn = 0; turn < 50; turn++) {
      while (this.toHost.length + this.toPage.length > 0) {
        this.deliverToPage();
        this.deliverToHost();
      }
      if (!this.flush()) {
        return;
      }
    }
    assert.fail('host and page never come to rest');
  }

  check(where: string): void {
    const { page, session } = this;
    const { first, end } = session.transcript;
    assert.deepEqual(page.range, { first, end }, where);
    assert.ok(page.rows.length <= MAX_WINDOW_ROWS && page.mostRows <= MAX_WINDOW_ROWS, where);
    const slots = slotsOf(session.transcript).slice(page.from - first, page.end - first);
    assert.deepEqual(
      page.rows,
      slots.map((slot) => slot.row()),
      where,
    );
  }

  // ---- the wire ----

  private flush(): boolean {
    const patches = this.window.patches();
    if (patches.length > 0) {
      this.toPage.push({ kind: 'patches', patches });
    }
    return patches.length > 0;
  }

  private deliverToPage(): void {
    const message = this.toPage.shift();
    if (message?.kind === 'patches') {
      message.patches.forEach((patch) => this.page.apply(patch));
    } else if (message?.kind === 'rows') {
      this.page.answer(message.answer);
    }
    if (message !== undefined) {
      this.keep();
    }
  }

  private deliverToHost(): void {
    const message = this.toHost.shift();
    if (message?.kind === 'window') {
      this.window.narrow(message.from, message.end);
    } else if (message?.kind === 'rows') {
      const answer = this.window.read(message.from, message.end);
      assert.ok(answer.rows.length <= MAX_WINDOW_ROWS);
      this.toPage.push({ kind: 'rows', answer });
    }
  }

  // ---- the page ----

  /** Never more than a window; the page always says what it holds. */
  private keep(): void {
    const excess = this.page.rows.length - MAX_WINDOW_ROWS;
    if (excess > 0) {
      const fromFront = this.random() < 0.5 ? excess : 0;
      this.page.clip(this.page.from + fromFront, this.page.from + fromFront + MAX_WINDOW_ROWS);
    }
    this.toHost.push({ kind: 'window', from: this.page.from, end: this.page.end });
  }

  private scroll(): void {
    const { first, end } = this.page.range;
    const nextTo = this.random() < 0.5 ? this.page.from - 50 : this.page.end - 10;
    const from = this.random() < 0.6 ? nextTo : between(this.random, first - 5, end + 5);
    this.toHost.push({ kind: 'rows', from, end: from + between(this.random, 1, 260) });
  }

  private keepLess(): void {
    const from = between(this.random, this.page.from, this.page.end + 1);
    this.page.clip(from, between(this.random, from, this.page.end + 1));
    this.keep();
  }

  // ---- the session ----

  private event(): JsonObject {
    const { random } = this;
    const id = `e${this.made++}`;
    const call = this.calls[between(random, 0, this.calls.length)] ?? 'none';
    const dice = random();
    if (dice < 0.2) {
      this.calls.push(id);
      return use(id);
    }
    if (dice < 0.4) {
      return result(id, call);
    }
    if (dice < 0.5) {
      return asks(id, random() < 0.5 ? { processed_at: null } : {});
    }
    if (dice < 0.6) {
      return random() < 0.5 ? running(id) : idle(id, random() < 0.5 ? 'end_turn' : 'retries_exhausted');
    }
    return dice < 0.7 ? { ...says(`e${between(random, 0, this.made)}`, `again ${id}`) } : says(id);
  }

  private olderPage(): JsonObject[] {
    return Array.from({ length: between(this.random, 1, 60) }, () => {
      const id = `old${this.oldest++}`;
      return this.random() < 0.2 ? result(id, `old${this.oldest + 20}`) : use(id);
    });
  }

  private preview(): void {
    const id = `e${this.made + between(this.random, 0, 3)}`;
    const index = between(this.random, 0, 2);
    this.session.arrive(
      { type: 'event_start', event: { type: 'agent.message', id } },
      { type: 'event_delta', event_id: id, delta: { index, content: { text: ` and ${this.made}` } } },
    );
  }

  private send(step: number): void {
    const { outbox } = this.session;
    const key = this.outgoing.pop();
    if (key === undefined || this.random() < 0.5) {
      this.outgoing.push(outbox.add({ type: 'user.message', content: `out ${step}` }, step));
    } else {
      outbox.mark(key, 'failed');
      outbox.remove(this.random() < 0.5 ? key : 'none');
    }
  }
}
