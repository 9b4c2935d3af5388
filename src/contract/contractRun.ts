import { isId } from '../api/connection.ts';
import { ApiError } from '../api/errors.ts';
import type { ProbeAnswer, ProbeCall } from '../api/http/caller.ts';
import { asObject, asText, field, type JsonValue } from '../util/json.ts';
import { decodePage } from '../api/pagination.ts';
import { type ContractOperation, isWrite } from './contractOperation.ts';
import type { OperationFinding, Presence, ProbeManner } from './contractReport.ts';
import { presenceOfAllow, presenceOfMissing, presenceOfStatus } from './presenceOf.ts';

/** What a run asks with: {@link import('../api/http/caller.ts').HttpCaller} is one. */
export interface Prober {
  probe(call: ProbeCall): Promise<ProbeAnswer>;
}

export interface ContractRunOptions {
  readonly prober: Prober;
  readonly allowWrites: boolean;
  readonly signal: AbortSignal;
  /** Random letters for ids that nothing has. */
  readonly mark: string;
}

interface Asked {
  readonly answer: ProbeAnswer | undefined;
  readonly how: ProbeManner;
}

/** Lists whose entries other operations are about: the list's name, and the id's in the paths. */
const idNames: ReadonlyMap<string, string> = new Map([
  ['environments', 'environment_id'],
  ['agents', 'agent_id'],
  ['sessions', 'session_id'],
  ['threads', 'agent_thread_id'],
]);

/**
 * Finds out which operations a server offers, one request each. Without leave to write nothing is posted to a
 * collection and nothing is deleted: what cannot be known without that stays unknown.
 */
export class ContractRun {
  private readonly options: ContractRunOptions;
  /** Real ids by their names in the paths, as the lists gave them. */
  private readonly known = new Map<string, string>();
  /** Answers for paths that no server has, by method. */
  private readonly nowhere = new Map<string, ProbeAnswer | undefined>();
  private readonly created: string[] = [];
  private readonly remaining: string[] = [];

  constructor(options: ContractRunOptions) {
    this.options = options;
  }

  /** Ids of what was created and could not be archived. */
  get leftBehind(): readonly string[] {
    return this.remaining;
  }

  /** Never rejects because of a server; throws an {@link ApiError} `cancelled` where the user gives up. */
  async find(operation: ContractOperation): Promise<OperationFinding> {
    const { method, path, contract } = operation;
    const { status, asked } = await this.presence(operation);
    return { method, path, contract, status, http: asked.answer?.status ?? null, how: asked.how };
  }

  /** Archives what this run created. */
  async cleanUp(): Promise<void> {
    for (const path of this.created.reverse()) {
      const answer = await this.ask(
        { method: 'POST', path: `${path}/archive`, answer: 'document' },
        new AbortController().signal,
      );
      if (answer === undefined || answer.status >= 300) {
        this.remaining.push(path.split('/').pop() ?? path);
      }
    }
  }

  private async presence(operation: ContractOperation): Promise<{
    readonly status: Presence;
    readonly asked: Asked;
  }> {
    const { method } = operation;
    const { path, isReal } = this.fill(operation);
    if (isWrite(operation) && !(this.options.allowWrites && method === 'POST')) {
      const answer = await this.ask({ method: 'OPTIONS', path, answer: 'document' });
      const status = answer === undefined ? 'unknown' : presenceOfAllow(answer, method);
      return { status, asked: { answer, how: 'options' } };
    }
    const how = isWrite(operation) ? 'wrote' : isReal ? 'asked' : 'madeUpId';
    const answer = await this.ask({ ...operation, path });
    const asked = { answer, how } as const;
    if (answer === undefined) {
      return { status: 'unknown', asked };
    }
    this.learn(operation, answer);
    const status = presenceOfStatus(answer.status);
    if (status !== undefined) {
      return { status, asked };
    }
    // Where everything that the path names is there, only the operation can be what is missing.
    const missing = isReal ? 'absent' : presenceOfMissing(answer, await this.nowhereFor(operation));
    return { status: missing, asked };
  }

  /** The path with ids put in: real ones for reading, made-up ones for whatever could change something. */
  private fill({ method, path: template }: ContractOperation): {
    readonly path: string;
    readonly isReal: boolean;
  } {
    let isReal = true;
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
      const id = method === 'GET' ? this.known.get(name) : undefined;
      isReal &&= id !== undefined;
      return id ?? `none_${this.options.mark}`;
    });
    return { path, isReal };
  }

  /** Takes a real id from a list, and remembers what a request created. */
  private learn(operation: ContractOperation, answer: ProbeAnswer): void {
    if (answer.status < 200 || answer.status >= 300) {
      return;
    }
    const body = parsed(answer.body);
    const collection = operation.path.split('/').pop() ?? '';
    const name = idNames.get(collection);
    if (name !== undefined && operation.method === 'GET') {
      const first = decodePage(body, collection)?.items[0];
      const id = asText(field(asObject(first), 'id'));
      if (id !== undefined && isId(id)) {
        this.known.set(name, id);
      }
    }
    const made = asText(field(asObject(body), 'id'));
    if (name !== undefined && operation.method === 'POST' && made !== undefined && isId(made)) {
      this.created.push(`${operation.path}/${made}`);
    }
  }

  private async nowhereFor({ method, path }: ContractOperation): Promise<ProbeAnswer | undefined> {
    const key = `${method} ${String(path.split('/').length)}`;
    if (!this.nowhere.has(key)) {
      const nowhere = path.replace(/[^/{}]+/g, 'nowhere').replace(/\{\w+\}/g, `none_${this.options.mark}`);
      this.nowhere.set(key, await this.ask({ method, path: nowhere, answer: 'document' }));
    }
    return this.nowhere.get(key);
  }

  private async ask(
    operation: { readonly method: ProbeCall['method']; readonly path: string } & Pick<
      ContractOperation,
      'answer' | 'betas'
    >,
    signal = this.options.signal,
  ): Promise<ProbeAnswer | undefined> {
    try {
      return await this.options.prober.probe({
        method: operation.method,
        path: operation.path,
        query: operation.method === 'GET' && operation.answer === 'list' ? { limit: 1 } : {},
        ...(operation.method === 'POST' && { body: {} }),
        ...(operation.betas !== undefined && { betas: operation.betas }),
        accept: operation.answer === 'stream' ? 'text/event-stream' : 'application/json',
        signal,
      });
    } catch (error) {
      if (ApiError.is(error, 'cancelled', 'noKey', 'badKey')) {
        throw error;
      }
      return undefined;
    }
  }
}

function parsed(body: string): JsonValue | undefined {
  try {
    return JSON.parse(body) as JsonValue;
  } catch {
    return undefined; // the beginning of something long, or no JSON at all
  }
}
