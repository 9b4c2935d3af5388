import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { PageStrings } from '../../../src/protocol/strings.ts';
import type { SessionActivity } from '../../../src/transcript/row.ts';
import type { ComposerController } from '../composerController.ts';
import { attachMenu } from './attachMenu.ts';
import { attachmentList, picturePreview } from './attachments.ts';
import type { PageContext } from './context.ts';
import { icon } from './icon.ts';

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

/** Where messages are written. The text itself belongs to the field: it is never written by drawing. */
export function composerView(
  composer: ComposerController,
  activity: SessionActivity,
  context: PageContext,
): TemplateResult {
  const { strings } = context;
  const { isEnded } = composer;
  const isLocked = isEnded || composer.sending !== 'idle';
  const { isHovered } = composer.attaching;
  return html`<footer class="composer-area">
    ${isEnded ? endedBar(context) : nothing}
    <div
      class="composer ${isEnded ? 'is-ended' : ''} ${isHovered ? 'is-hovered' : ''}"
      ?hidden=${isEnded && composer.text === ''}
    >
      ${isHovered ? html`<div class="drop-hint">${icon('attach')}<span>${strings.composer.dropHere}</span></div>` : nothing}
      ${isEnded ? nothing : messages(composer, context)}
      <textarea
        class="composer-text"
        rows="1"
        aria-label=${isEnded ? strings.composer.unsentDraft : strings.composerLabel}
        placeholder=${hintOf(activity, strings)}
        ?readonly=${isLocked}
        @input=${() => composer.onInput()}
        @keydown=${(event: KeyboardEvent) => composer.onKey(event)}
        @paste=${(event: ClipboardEvent) => composer.attaching.onPaste(event)}
      ></textarea>
      ${isEnded ? nothing : [picturePreview(composer, context), foot(composer, activity, context)]}
    </div>
  </footer>`;
}

/** What went wrong, and what there is to know. */
function messages(composer: ComposerController, context: PageContext): TemplateResult {
  const { strings } = context;
  const { error, note, sending } = composer;
  const { closed } = composer.host;
  return html`${
    closed === null
      ? nothing
      : html`<div class="composer-note" role="status">${icon('lock')}<span>${closed}</span></div>`
  }${
    error === undefined || sending !== 'idle'
      ? nothing
      : html`<div class="inline-error" role="alert">
          ${icon('error')}<span>${error}</span>
          <button type="button" class="secondary" @click=${() => composer.retry()}>
            ${icon('refresh')}${strings.retry}
          </button>
        </div>`
  }${
    sending === 'checking'
      ? html`<div class="composer-note" role="status">
          ${icon('sync', 'icon-spin')}<span>${strings.composer.checking}</span>
        </div>`
      : nothing
  }${
    note === undefined
      ? nothing
      : html`<div class="composer-note" role="alert">
          ${icon('warning')}<span>${note}</span>
          <button type="button" class="quiet" @click=${() => composer.attaching.dismissNote()}>
            ${strings.composer.dismiss}
          </button>
        </div>`
  }`;
}

function foot(composer: ComposerController, activity: SessionActivity, context: PageContext): TemplateResult {
  const { strings } = context;
  const { host } = composer;
  return html`<div class="composer-foot">
    <div class="composer-tools">${attachMenu(composer, context)} ${attachmentList(composer, context)}</div>
    <span class="keys">${host.enterSends ? strings.keysEnterSends : strings.keysCtrlEnterSends}</span>
    <div class="composer-send">
      ${composer.canInterrupt ? interruptButton(composer, context) : nothing}
      ${sendButton(composer, isBusy(activity), context)}
    </div>
  </div>`;
}

function interruptButton(composer: ComposerController, { strings }: PageContext): TemplateResult {
  return html`<button
    type="button"
    class="secondary"
    title=${strings.composer.keysInterrupt}
    aria-keyshortcuts="Control+Shift+Enter"
    ?disabled=${!composer.canSend}
    @click=${() => void composer.send(true)}
  >
    ${strings.composer.interruptAndSend}
  </button>`;
}

function sendButton(composer: ComposerController, busy: boolean, { strings }: PageContext): TemplateResult {
  const isSending = composer.sending !== 'idle';
  return html`<button
    type="button"
    class="primary send"
    ?disabled=${!composer.canSend}
    @click=${() => void composer.send(false)}
  >
    ${icon(isSending ? 'sync' : 'send', isSending ? 'icon-spin' : '')}<span
      >${isSending ? strings.sending : busy ? strings.queue : strings.send}</span
    >
  </button>`;
}

/** A session that has ended takes no messages; what can be done instead stands where one would write. */
function endedBar({ strings, actions }: PageContext): TemplateResult {
  return html`<div class="ended">
    ${icon('circle-slash')}<span>${strings.composer.ended}</span>
    <button type="button" class="secondary" @click=${() => actions.act('newSession')}>
      ${icon('comment-discussion')}${strings.composer.newSession}
    </button>
  </div>`;
}
