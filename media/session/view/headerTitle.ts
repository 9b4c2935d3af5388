import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type { SessionHeader } from '../../../src/protocol/messages.ts';
import { withHiddenMarked } from '../../../src/util/hiddenCharacters.ts';
import type { HeaderController, Renaming } from '../headerController.ts';
import type { PageContext } from './context.ts';
import { visibleText } from './hidden.ts';
import { icon } from './icon.ts';

/** The title, with a pencil; or the field in its place. */
export function titleView(
  header: SessionHeader,
  controller: HeaderController,
  context: PageContext,
): TemplateResult {
  const { renaming } = controller;
  if (renaming !== undefined) {
    return html`<h1 class="sr-only">${visibleText(header.title)}</h1>
      ${renameView(renaming, controller, context)}`;
  }
  const label = context.strings.header.rename;
  return html`<h1 title=${withHiddenMarked(header.title)}>${visibleText(header.title)}</h1>
    ${
      header.renamable
        ? html`<button
            type="button"
            class="quiet icon-button rename-button"
            title=${label}
            aria-label=${label}
            @click=${() => controller.startRename()}
          >
            ${controller.isSaving ? icon('sync', 'icon-spin') : icon('edit')}
          </button>`
        : nothing
    }`;
}

function renameView(
  { text, error }: Renaming,
  controller: HeaderController,
  { strings }: PageContext,
): TemplateResult {
  return html`<div class="rename">
    <input
      class="rename-field"
      type="text"
      spellcheck="false"
      autocomplete="off"
      aria-label=${strings.header.renameLabel}
      aria-describedby=${error === undefined ? 'rename-hint' : 'rename-error'}
      aria-invalid=${error !== undefined}
      .value=${live(text)}
      @input=${(event: InputEvent) => controller.writeTitle(valueOf(event))}
      @keydown=${(event: KeyboardEvent) => controller.onTitleKey(event)}
    />
    <button
      type="button"
      class="quiet icon-button"
      title=${strings.header.save}
      aria-label=${strings.header.save}
      @click=${() => void controller.saveTitle()}
    >
      ${icon('check')}
    </button>
    <button
      type="button"
      class="quiet icon-button"
      title=${strings.cancel}
      aria-label=${strings.cancel}
      @click=${() => controller.cancelRename()}
    >
      ${icon('close')}
    </button>
    ${
      error === undefined
        ? html`<span class="rename-note" id="rename-hint">${strings.header.renameHint}</span>`
        : html`<span class="rename-note inline-error" id="rename-error" role="alert"
            >${icon('error')}<span>${visibleText(error)}</span></span
          >`
    }
  </div>`;
}

function valueOf(event: InputEvent): string {
  return event.target instanceof HTMLInputElement ? event.target.value : '';
}
