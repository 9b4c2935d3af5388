import type { FindHostMessage, FindPageMessage, FindResult } from '../../protocol/findMessages.ts';
import { type SearchSource, SessionSearch } from '../../transcript/search.ts';
import { Matcher, type SearchQuery } from '../../transcript/searchMatcher.ts';
import { nearestMatch } from '../../transcript/searchNearest.ts';
import { assertNever } from '../../util/assertNever.ts';
import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/disposable.ts';
import type { RowBodies } from './rowBodies.ts';

export interface FindPorts {
  readonly source: SearchSource;
  readonly clock: Clock;
  readonly bodies: Pick<RowBodies, 'openAt'>;
  readonly post: (message: FindHostMessage) => void;
}

/** The host's side of the find bar: one search at a time, for as long as the bar is open. */
export class FindInSession implements Disposable {
  private readonly ports: FindPorts;
  private readonly search: SessionSearch;
  private query: SearchQuery | undefined;
  private id = 0;

  constructor(ports: FindPorts) {
    this.ports = ports;
    this.search = new SessionSearch(ports.source, ports.clock, () => this.report());
  }

  async receive(message: FindPageMessage): Promise<void> {
    switch (message.type) {
      case 'findStart': {
        const { id, text, matchCase, wholeWord, from, ordinal = 0 } = message;
        this.id = id;
        this.query = { text, matchCase, wholeWord };
        this.search.start(this.query, from, ordinal);
        return;
      }
      case 'findStep':
        if (message.id === this.id) {
          this.search.step(message.direction);
        }
        return;
      case 'findOpen':
        if (message.id === this.id) {
          await this.open();
        }
        return;
      case 'findClose':
        this.close();
        return;
      default:
        assertNever(message);
    }
  }

  /** The page is gone or closed the bar. */
  close(): void {
    this.search.stop();
    this.query = undefined;
  }

  dispose(): void {
    this.search.dispose();
  }

  private report(): void {
    if (this.query !== undefined) {
      this.ports.post({ type: 'find', id: this.id, result: resultOf(this.search) });
    }
  }

  /** Opens the whole body with the current match, at the match. */
  private async open(): Promise<void> {
    const { current } = this.search.state;
    const { query } = this;
    if (current === undefined || query === undefined) {
      return;
    }
    const matcher = new Matcher(query);
    await this.ports.bodies.openAt(current.key, current.part, (text) => nearestMatch(text, matcher, current));
  }
}

function resultOf({ state }: SessionSearch): FindResult {
  const { total, index, searched, size, isDone, current, moves } = state;
  return {
    total,
    index: index ?? null,
    searched,
    size,
    done: isDone,
    moves,
    current:
      current === undefined
        ? null
        : {
            at: current.position,
            key: current.key,
            part: current.part,
            before: current.before,
            match: current.match,
            after: current.after,
            twin: current.twin,
            isShown: current.isShown,
            isInHead: current.isInHead,
          },
  };
}
