import type { Outcome, PageMessage } from '../../src/protocol/messages.ts';
import { MAX_MESSAGE_TEXT } from '../../src/protocol/messages.ts';
import type { Clock } from '../../src/util/clock.ts';
import type { Disposable } from '../../src/util/disposable.ts';

/** How long typing has to pause before the draft is handed to the host. */
const DRAFT_MS = 400;

export interface ComposerPorts {
  readonly clock: Clock;
  readonly field: () => HTMLTextAreaElement | undefined;
  readonly post: (message: PageMessage) => void;
  readonly ask: (build: (id: number) => PageMessage) => Promise<Outcome>;
  readonly changed: () => void;
  readonly draftKept: () => void;
  /** A message goes out: its writer wants to see it, wherever they were reading. */
  readonly leaving: () => void;
  /** What to say where the host gives no reason. */
  readonly failureText: (code: string) => string;
}

/** The text being written: it is let go only when the host has it. */
export class ComposerController {
  private readonly ports: ComposerPorts;
  private timer: Disposable | undefined;
  private postedDraft = '';
  sending = false;
  error: string | undefined;

  constructor(ports: ComposerPorts) {
    this.ports = ports;
  }

  get text(): string {
    return this.ports.field()?.value ?? '';
  }

  get canSend(): boolean {
    return this.text.trim() !== '' && this.text.length <= MAX_MESSAGE_TEXT;
  }

  /** A draft from before; what is already written wins. */
  restore(draft: string): void {
    const field = this.ports.field();
    if (field?.value === '' && !this.sending) {
      field.value = draft;
      this.postedDraft = draft;
      this.ports.changed();
    }
  }

  onInput(): void {
    this.timer?.dispose();
    this.timer = this.ports.clock.after(DRAFT_MS, () => this.keepDraft());
    this.ports.changed();
  }

  /** Hands the draft over at once: the page may be about to go. */
  keepDraft(): void {
    this.timer?.dispose();
    this.timer = undefined;
    const { text } = this;
    if (text !== this.postedDraft) {
      this.postedDraft = text;
      this.ports.post({ type: 'draft', text });
    }
    this.ports.draftKept();
  }

  async send(): Promise<void> {
    if (this.sending || !this.canSend) {
      return;
    }
    const { text } = this;
    this.sending = true;
    this.error = undefined;
    this.ports.leaving();
    this.ports.changed();
    const outcome = await this.ports.ask((id) => ({ type: 'send', id, text }));
    this.sending = false;
    const field = this.ports.field();
    if (!outcome.ok) {
      this.error = outcome.message === '' ? this.ports.failureText(outcome.code) : outcome.message;
    } else if (field?.value === text) {
      field.value = '';
      this.keepDraft();
    }
    this.ports.changed();
  }
}
