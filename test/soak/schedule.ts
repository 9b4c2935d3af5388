import { setImmediate } from 'node:timers/promises';
import { between, seededRandom } from '../support/random.ts';
import { ManualClock } from '../support/manualClock.ts';
import { compare, type Differences } from './compare.ts';
import type { Recipe } from './recipes.ts';
import { type Faults, SimulatedServer } from './simulatedServer.ts';

/** What came of one schedule. */
export interface ScheduleResult extends Differences {
  /** Events that happened. */
  readonly events: number;
}

const EVENTS = 160;
/** How long everything works at the end, in virtual time, before the views are compared. */
const CALM_MS = 240_000;

/**
 * One random day of one session: turns with messages, queued messages that are processed later, interrupts
 * without an id, quiet spells; and meanwhile the faults of a bad network and a bad server. The same seed gives
 * the same day to every recipe.
 */
export async function runSchedule(seed: number, recipe: Recipe): Promise<ScheduleResult> {
  const random = seededRandom(seed);
  const clock = new ManualClock();
  const server = new SimulatedServer(clock, seededRandom(seed ^ 0x5bd1e995), faultsOf(random), {
    pageSize: between(random, 5, 80),
    newestFirst: random() < 0.7,
  });
  const namelessShare = random() < 0.3 ? 0.05 : 0;
  const day = new Day(server, clock, random, namelessShare);
  for (let n = 0; n < between(random, 0, 60); n++) {
    day.step();
  }
  const follower = recipe(server, clock, seededRandom(seed ^ 0x1b873593));
  let nextBeat = clock.now() + SimulatedServer.heartbeatMs;
  const pass = async (ms: number) => {
    const until = clock.now() + ms;
    while (clock.now() < until) {
      clock.advance(Math.min(250, until - clock.now()));
      if (clock.now() >= nextBeat) {
        nextBeat += SimulatedServer.heartbeatMs;
        server.beat();
      }
      await setImmediate();
    }
  };
  for (let n = 0; n < EVENTS; n++) {
    day.step();
    // Mostly close together, sometimes far apart.
    await pass(random() < 0.9 ? between(random, 0, 1_500) : between(random, 1_500, 20_000));
  }
  server.heal();
  day.finish();
  await pass(CALM_MS);
  const result = { events: server.history.length, ...compare(follower.events(), server.history) };
  follower.stop();
  await setImmediate();
  return result;
}

function faultsOf(random: () => number): Faults {
  const sometimes = (most: number) => (random() < 0.6 ? random() * most : 0);
  return {
    drop: sometimes(0.2),
    stall: sometimes(0.03),
    lateAttach: sometimes(0.8),
    refuseStream: sometimes(0.5),
    failList: sometimes(0.4),
    noise: sometimes(0.2),
  };
}

/** What happens in the session. */
class Day {
  private readonly server: SimulatedServer;
  private readonly clock: ManualClock;
  private readonly random: () => number;
  private readonly namelessShare: number;
  private readonly queued: string[] = [];
  private count = 0;
  private isRunning = false;

  constructor(server: SimulatedServer, clock: ManualClock, random: () => number, namelessShare: number) {
    this.server = server;
    this.clock = clock;
    this.random = random;
    this.namelessShare = namelessShare;
  }

  step(): void {
    // Processing times grow, as a server's do; the clock alone may stand still between two events.
    this.clock.advance(1);
    const dice = this.random();
    if (dice < this.namelessShare) {
      this.server.emit({ type: 'user.interrupt', processed_at: this.now() });
    } else if (dice < 0.12) {
      const id = `q${this.count++}`;
      this.queued.push(id);
      this.server.emit({ type: 'user.message', id, processed_at: null });
    } else if (dice < 0.3 && this.queued.length > 0) {
      this.process();
    } else if (dice < 0.4) {
      this.isRunning = !this.isRunning;
      this.server.emit({
        type: this.isRunning ? 'session.status_running' : 'session.status_idle',
        id: `s${this.count++}`,
        processed_at: this.now(),
      });
    } else {
      this.server.emit({ type: 'agent.message', id: `e${this.count++}`, processed_at: this.now() });
    }
  }

  /** The day ends as sessions do: everything processed, then idle. */
  finish(): void {
    while (this.queued.length > 0) {
      this.clock.advance(1);
      this.process();
    }
    this.clock.advance(1);
    this.server.emit({ type: 'session.status_idle', id: 'end', processed_at: this.now() });
  }

  private process(): void {
    const id = this.queued.shift();
    if (id !== undefined) {
      this.server.emit({ type: 'user.message', id, processed_at: this.now() });
    }
  }

  private now(): string {
    return new Date(this.clock.now()).toISOString();
  }
}
