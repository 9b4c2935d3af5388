import { type Connection, isId } from '../../api/connection.ts';
import type { L10n } from '../../l10n.ts';
import { asObject, asText, field, type JsonValue } from '../../util/json.ts';
import { isReadOnly } from '../services/isReadOnly.ts';
import type { Connections } from '../shell.ts';

/** So that whoever confirms a message can see the whole of it. In UTF-16 units. */
export const MOST_MESSAGE = 20_000;

/** As the API takes it. */
const MOST_TITLE = 512;

type TextName = 'connection' | 'sessionId' | 'agentId' | 'environmentId' | 'title' | 'message';

/** What a model asked for, checked: it is trusted no more than what a server sends. Each refusal says why. */
export class ToolInput {
  private readonly input: unknown;
  private readonly connections: Connections;
  private readonly l10n: L10n;

  constructor(input: unknown, connections: Connections, l10n: L10n) {
    this.input = input;
    this.connections = connections;
    this.l10n = l10n;
  }

  /** The connection that is named, by its id or name, or the one that the tree shows. */
  get connection(): Connection {
    const name = this.text('connection');
    const { active, all } = this.connections;
    if (name === undefined) {
      return active;
    }
    const found = all.find(({ id }) => id === name) ?? this.onlyOneNamed(name);
    if (found === undefined) {
      throw new Error(
        this.l10n.t('There is no connection of that name, or more than one. There are: {names}.', {
          names: all.map((each) => `${each.name} (${each.id})`).join(', '),
        }),
      );
    }
    return found;
  }

  /** The same, refused where nothing on its server may be changed. */
  get writable(): Connection {
    const { connection } = this;
    if (isReadOnly(this.connections, connection)) {
      throw new Error(
        this.l10n.t('{name} is read-only here: nothing on its server can be changed.', {
          name: connection.name,
        }),
      );
    }
    return connection;
  }

  get message(): string {
    return this.optionalMessage ?? this.refuseMessage();
  }

  /** Undefined where none is given; one that is given has to be one. */
  get optionalMessage(): string | undefined {
    const text = this.text('message');
    if (text !== undefined && (text.trim() === '' || text.length > MOST_MESSAGE)) {
      return this.refuseMessage();
    }
    return text;
  }

  get title(): string | undefined {
    const title = this.text('title');
    if (title !== undefined && title.length > MOST_TITLE) {
      throw new Error(this.l10n.t('A title has at most {most} characters.', { most: MOST_TITLE }));
    }
    return title;
  }

  id(name: 'sessionId' | 'agentId' | 'environmentId'): string {
    const id = this.text(name) ?? '';
    if (!isId(id)) {
      throw new Error(this.l10n.t('{field} has to be an id.', { field: name }));
    }
    return id;
  }

  /** A whole number between two bounds; the upper one where none is given. */
  count(name: 'limit' | 'maxCharacters', least: number, most: number): number {
    const value = this.field(name) ?? most;
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw new Error(this.l10n.t('{field} has to be a number.', { field: name }));
    }
    return Math.min(most, Math.max(least, Math.floor(value)));
  }

  /** A name that two connections have could lead to the wrong one. */
  private onlyOneNamed(name: string): Connection | undefined {
    const [found, another] = this.connections.all.filter((each) => each.name === name);
    return another === undefined ? found : undefined;
  }

  private text(name: TextName): string | undefined {
    const value = this.field(name);
    if (value !== undefined && value !== null && typeof value !== 'string') {
      throw new Error(this.l10n.t('{field} has to be a text.', { field: name }));
    }
    return asText(value);
  }

  private field(name: string): JsonValue | undefined {
    return field(asObject(this.input), name);
  }

  private refuseMessage(): never {
    throw new Error(
      this.l10n.t('A message has to have a text, of at most {most} characters.', { most: MOST_MESSAGE }),
    );
  }
}
