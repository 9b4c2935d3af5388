import type { Connection } from '../../api/connection.ts';
import type { L10n } from '../../l10n.ts';
import { spelledOut } from '../../text/spelledOut.ts';

/** What a model wants to have changed: all that decides what happens, and nothing else. */
export interface ToolAction {
  /** In the user's language: "Create a session?". */
  readonly question: string;
  readonly connection: Connection;
  readonly facts: readonly (readonly [label: string, value: string])[];
}

/** More than this has nobody open at once; a question that was never answered leaves here. */
const MOST_REMEMBERED = 100;

/**
 * What was shown to the user. A tool runs in two calls, first the question, then the act, and between them the
 * connection that a name stands for may have become another: only what was shown is done, and once for each time
 * that it was shown.
 */
export class ShownActions {
  private readonly shown: string[] = [];
  private readonly l10n: L10n;

  constructor(l10n: L10n) {
    this.l10n = l10n;
  }

  /**
   * The question as Markdown. Every value stands in a block of code, so nothing in it becomes a link, a picture or
   * markup, and what a reader would not see is spelled out.
   */
  show(action: ToolAction): string {
    this.shown.push(keyOf(action));
    this.shown.splice(0, this.shown.length - MOST_REMEMBERED);
    const { name, origin, prefix } = action.connection;
    const facts = [[this.l10n.t('Connection'), `${name} (${origin}${prefix})`] as const, ...action.facts];
    return facts.map(([label, value]) => `${label}:\n\n${codeBlock(this.exactly(value))}`).join('\n\n');
  }

  /** Throws where just this was not shown. */
  take(action: ToolAction): void {
    const at = this.shown.indexOf(keyOf(action));
    if (at === -1) {
      throw new Error(
        this.l10n.t('This is not what you were asked, so nothing was done: the connection may have changed.'),
      );
    }
    this.shown.splice(at, 1);
  }

  /** From now on nothing has been shown. */
  forget(): void {
    this.shown.length = 0;
  }

  /** As it is, or, where a reader would not see all of it, spelled out. */
  private exactly(value: string): string {
    const spelled = spelledOut(value, this.l10n);
    return spelled === `${spelledOut('', this.l10n)}${value}` ? value : spelled;
  }
}

function keyOf({ question, connection, facts }: ToolAction): string {
  const { id, origin, prefix } = connection;
  return JSON.stringify([question, id, origin, prefix, facts]);
}

/** Its fence is longer than any in the text, which therefore cannot end it. */
function codeBlock(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
