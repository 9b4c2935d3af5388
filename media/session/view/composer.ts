import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { PageStrings } from '../../../src/protocol/strings.ts';
import type { SessionActivity } from '../../../src/transcript/row.ts';
import type { PageContext } from './context.ts';
import { icon } from './icon.ts';

export interface ComposerState {
  readonly activity: SessionActivity;
  readonly enterSends: boolean;
  readonly sending: boolean;
  readonly canSend: boolean;
  /** Why the last try failed; the text is still there. */
  readonly error: string | undefined;
}

export interface ComposerEvents {
  readonly onInput: () => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onSend: () => void;
}

function isBusy(activity: SessionActivity): boolean {
  return (
    activity === 'running' ||
    activity === 'needsYou' ||
    activity === 'rescheduling' ||
    activity === 'stopping'
  );
}

function hintOf(activity: SessionActivity, strings: PageStrings): string {
  if (activity === 'ended') {
    return strings.composerHintEnded;
  }
  if (activity === 'needsYou') {
    return strings.composerHintNeedsYou;
  }
  return isBusy(activity) ? strings.composerHintRunning : strings.composerHint;
}

/** The text itself belongs to the field: it is never written by drawing. */
export function composerView(
  state: ComposerState,
  events: ComposerEvents,
  context: PageContext,
): TemplateResult {
  const { strings } = context;
  const ended = state.activity === 'ended';
  const busy = isBusy(state.activity);
  const hint = hintOf(state.activity, strings);
  return html`<footer class="composer-area">
    <div class="composer ${ended ? 'is-ended' : ''}">
      ${
        state.error === undefined
          ? nothing
          : html`<div class="inline-error" role="alert">
              ${icon('error')}<span>${state.error}</span>
              <button type="button" class="secondary" ?disabled=${state.sending} @click=${events.onSend}>
                ${icon('refresh')}${strings.retry}
              </button>
            </div>`
      }
      <textarea
        class="composer-text"
        rows="1"
        aria-label=${strings.composerLabel}
        placeholder=${hint}
        ?readonly=${ended || state.sending}
        @input=${events.onInput}
        @keydown=${events.onKey}
      ></textarea>
      <div class="composer-foot">
        <span class="keys">${state.enterSends ? strings.keysEnterSends : strings.keysCtrlEnterSends}</span>
        <button
          type="button"
          class="primary send"
          ?disabled=${ended || state.sending || !state.canSend}
          @click=${events.onSend}
        >
          ${icon(state.sending ? 'sync' : 'send', state.sending ? 'icon-spin' : '')}<span
            >${state.sending ? strings.sending : busy ? strings.queue : strings.send}</span
          >
        </button>
      </div>
    </div>
  </footer>`;
}
