import {
  composerAtRest,
  type ComposerHostMessage,
  type ComposerState,
} from '../../src/protocol/composerMessages.ts';
import { MAX_MESSAGE_TEXT, type Outcome, type PageMessage } from '../../src/protocol/messages.ts';
import type { PageStrings } from '../../src/protocol/strings.ts';
import type { SessionActivity } from '../../src/transcript/row.ts';
import { assertNever } from '../../src/util/assertNever.ts';
import type { Clock } from '../../src/util/clock.ts';
import type { Disposable } from '../../src/util/disposable.ts';
import { Attaching } from './attaching.ts';
import { HistoryWalk, type Recalled } from './historyWalk.ts';
import { historyKey, sendKey } from './keyboard.ts';
import { NO_ANSWER } from './requests.ts';

/** How long typing has to pause before the draft is handed to the host. */
const DRAFT_MS = 400;
/** After this long without an answer an earlier message is not waited for any more. */
const RECALL_MS = 4_000;

export interface ComposerPorts {
  readonly clock: Clock;
  readonly field: () => HTMLTextAreaElement | undefined;
  readonly post: (message: PageMessage) => void;
  readonly ask: (build: (id: number) => PageMessage) => Promise<Outcome>;
  readonly nextId: () => number;
  readonly changed: () => void;
  readonly draftKept: () => void;
  /** A message goes out: its writer wants to see it, wherever they were reading. */
  readonly sendingOff: () => void;
  readonly announce: (text: string) => void;
  readonly activity: () => SessionActivity;
  readonly strings: () => PageStrings | undefined;
}

/**
 * The message being written: its text lives in the field, all else with the host. The text is let go only when the
 * host says that the server has it.
 */
export class ComposerController {
  private readonly ports: ComposerPorts;
  private readonly walk = new HistoryWalk((from) => this.recall(from));
  private timer: Disposable | undefined;
  private postedDraft = '';
  private isAsking = false;
  private isKnown = false;
  private lastWasInterrupt = false;
  private ownError: string | undefined;
  private waiting: { readonly id: number; readonly settle: (entry: Recalled | null) => void } | undefined;

  /** What the host says about the message. */
  host: ComposerState = composerAtRest;
  /** What goes with the message. */
  readonly attaching: Attaching;

  constructor(ports: ComposerPorts) {
    const { post, changed, announce, strings } = ports;
    this.ports = ports;
    this.attaching = new Attaching({
      post,
      changed,
      announce,
      strings,
      focusField: () => ports.field()?.focus(),
      attachments: () => this.host.attachments,
      isOpen: () => this.sending === 'idle' && !this.isEnded && this.host.closed === null,
    });
  }

  get text(): string {
    return this.ports.field()?.value ?? '';
  }

  /** What should be there again after a reload; while a message is on its way the host alone knows. */
  get textToKeep(): string {
    return this.sending === 'idle' ? this.walk.worthKeeping(this.text) : '';
  }

  get sending(): ComposerState['sending'] {
    return this.host.sending === 'idle' && this.isAsking ? 'sending' : this.host.sending;
  }

  get canSend(): boolean {
    if (this.host.closed !== null) {
      return false;
    }
    const hasContent = this.text.trim() !== '' || this.host.attachments.length > 0;
    return hasContent && this.text.length <= MAX_MESSAGE_TEXT && this.sending === 'idle' && !this.isEnded;
  }

  /** Whether there is work that a message could put an end to. */
  get canInterrupt(): boolean {
    const activity = this.ports.activity();
    return activity === 'running' || activity === 'needsYou';
  }

  get isEnded(): boolean {
    return this.ports.activity() === 'ended';
  }

  get error(): string | undefined {
    return this.ownError ?? this.host.error ?? undefined;
  }

  get note(): string | undefined {
    return this.attaching.note ?? this.host.note ?? undefined;
  }

  // ---- the host says ----

  receive(message: ComposerHostMessage): void {
    switch (message.type) {
      case 'composer':
        return this.take(message.composer);
      case 'recalled':
        if (message.id === this.waiting?.id) {
          this.waiting.settle(message.entry);
        }
        return;
      case 'attachmentImage':
        return this.attaching.show(message);
      default:
        assertNever(message);
    }
  }

  take(state: ComposerState): void {
    const before = this.host;
    this.host = state;
    this.attaching.update(before.attachments, state.attachments, this.isKnown);
    if (this.isKnown) {
      // A page that was loaded anew on the way did not ask itself, and learns the end from here.
      if (before.sending !== 'idle' && state.sending === 'idle' && !this.isAsking && state.error === null) {
        this.letGo();
      }
    }
    this.isKnown = true;
    this.ports.changed();
  }

  // ---- the draft ----

  /** A draft from before; what is already written wins. */
  restore(draft: string): void {
    const field = this.ports.field();
    if (field?.value === '') {
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
    const text = this.walk.worthKeeping(this.text);
    if (text !== this.postedDraft && this.sending === 'idle') {
      this.postedDraft = text;
      this.ports.post({ type: 'draft', text });
    }
    this.ports.draftKept();
  }

  // ---- sending ----

  /** Sends again what was not sent, in the way in which it was meant. */
  retry(): void {
    void this.send(this.lastWasInterrupt);
  }

  /** @param interrupt whether the agent is to drop what it does now. */
  async send(interrupt: boolean): Promise<void> {
    if (!this.canSend) {
      return;
    }
    const { text } = this;
    // The host has the text before it is asked to send it: it is there again, should this page go meanwhile.
    this.timer?.dispose();
    this.postedDraft = text;
    this.ports.post({ type: 'draft', text });
    this.isAsking = true;
    this.ownError = undefined;
    this.attaching.note = undefined;
    this.lastWasInterrupt = interrupt && this.canInterrupt;
    this.ports.sendingOff();
    this.ports.draftKept();
    this.ports.changed();
    const attachments = this.host.attachments.map(({ key }) => key);
    const isInterrupt = this.lastWasInterrupt;
    const outcome = await this.ports.ask((id) => ({
      type: 'send',
      id,
      text,
      attachments,
      interrupt: isInterrupt,
    }));
    this.isAsking = false;
    if (outcome.ok) {
      this.letGo();
    } else if (this.host.sending === 'idle') {
      this.ownError = this.failureText(outcome.code, outcome.message);
    }
    // Otherwise the host is still at it, and tells the end when it knows.
    this.ports.changed();
  }

  private failureText(code: string, message: string): string {
    if (message !== '') {
      return message;
    }
    const strings = this.ports.strings();
    // Without an answer the message may have arrived: to call it unsent would invite a second one.
    return (code === NO_ANSWER ? strings?.composer.noAnswer : strings?.sendFailed) ?? code;
  }

  /** The server has the message: the field is free for the next one. */
  private letGo(): void {
    this.ownError = undefined;
    this.write(this.walk.sent(), 'end');
    this.keepDraft();
    const text = this.ports.strings()?.composer.sent;
    if (text !== undefined) {
      this.ports.announce(text);
    }
  }

  // ---- keys ----

  onKey(event: KeyboardEvent): void {
    const kind = sendKey(event, this.host.enterSends);
    if (kind !== undefined) {
      event.preventDefault();
      void this.send(kind === 'interrupt');
      return;
    }
    const way = this.sending === 'idle' ? historyKey(event) : undefined;
    if (way === 'back') {
      this.stepBack(event);
    } else if (way === 'forward') {
      this.stepForward(event);
    }
  }

  private stepBack(event: KeyboardEvent): void {
    const field = this.ports.field();
    if (field?.selectionStart !== 0 || field.selectionEnd !== 0) {
      return;
    }
    event.preventDefault();
    void this.walk
      .back(() => this.text)
      .then((text) => {
        if (text !== undefined) {
          this.write(text, 'start');
          this.say('recalled');
        }
      });
  }

  private stepForward(event: KeyboardEvent): void {
    const field = this.ports.field();
    if (field === undefined || !this.walk.isAway || field.selectionStart !== field.selectionEnd) {
      return;
    }
    const isJustRecalled = field.selectionStart === 0 && this.walk.isUntouched(field.value);
    if (!isJustRecalled && field.selectionStart !== field.value.length) {
      return;
    }
    event.preventDefault();
    const text = this.walk.forward(field.value);
    if (text !== undefined) {
      const { isAtDraft } = this.walk;
      this.write(text, isAtDraft ? 'end' : 'start');
      this.say(isAtDraft ? 'backToDraft' : 'recalled');
    }
  }

  private say(what: 'recalled' | 'backToDraft'): void {
    const text = this.ports.strings()?.composer[what];
    if (text !== undefined) {
      this.ports.announce(text);
    }
  }

  private write(text: string, caret: 'start' | 'end'): void {
    const field = this.ports.field();
    if (field === undefined) {
      return;
    }
    field.value = text;
    const at = caret === 'start' ? 0 : text.length;
    field.setSelectionRange(at, at);
    this.onInput();
  }

  private recall(from: string | null): Promise<Recalled | null> {
    const id = this.ports.nextId();
    this.waiting?.settle(null);
    return new Promise((resolve) => {
      const settle = (entry: Recalled | null) => {
        timer.dispose();
        this.waiting = undefined;
        resolve(entry);
      };
      const timer = this.ports.clock.after(RECALL_MS, () => settle(null));
      this.waiting = { id, settle };
      this.ports.post({ type: 'recall', id, from });
    });
  }
}
