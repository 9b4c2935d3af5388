import type { Memento } from 'vscode';
import { contextKeys } from '../ids.ts';

/** The steps of the walkthrough, each done when it has really happened. */
export type FirstStep = 'connect' | 'check' | 'create' | 'send';

export interface FirstStepsOptions {
  readonly memory: Memento;
  /** Makes a step known to the editor, whose walkthrough ticks it then. */
  readonly setContext: (key: string, value: boolean) => void;
}

const MEMORY_KEY = 'managedAgents.firstSteps';
const keys: Record<FirstStep, string> = {
  connect: contextKeys.didConnect,
  check: contextKeys.didCheck,
  create: contextKeys.didCreate,
  send: contextKeys.didSend,
};
const steps = Object.keys(keys).filter((step): step is FirstStep => step in keys);

/** Which first steps the user has taken. Told by those who saw it happen: a press of a button alone proves nothing. */
export class FirstSteps {
  private readonly options: FirstStepsOptions;
  private taken: ReadonlySet<FirstStep>;

  constructor(options: FirstStepsOptions) {
    this.options = options;
    const kept = options.memory.get<unknown>(MEMORY_KEY);
    this.taken = new Set(steps.filter((step) => Array.isArray(kept) && kept.includes(step)));
    for (const step of this.taken) {
      options.setContext(keys[step], true);
    }
  }

  has(step: FirstStep): boolean {
    return this.taken.has(step);
  }

  did(step: FirstStep): void {
    if (this.taken.has(step)) {
      return;
    }
    this.taken = new Set([...this.taken, step]);
    this.options.setContext(keys[step], true);
    void this.options.memory.update(MEMORY_KEY, [...this.taken]);
  }

  /** As if none had been taken; what was remembered is deleted elsewhere. */
  reset(): void {
    for (const step of this.taken) {
      this.options.setContext(keys[step], false);
    }
    this.taken = new Set();
  }
}
