import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { UserMessageRow } from '../../../src/transcript/row.ts';
import type { RowUi } from '../uiState.ts';
import { blocksView } from './blocks.ts';
import type { PageContext } from './context.ts';
import { icon, type IconName } from './icon.ts';
import { timeView } from './time.ts';

export function userMessage(row: UserMessageRow, ui: RowUi, context: PageContext): TemplateResult {
  const { strings } = context;
  return html`<div class="user is-${row.state}">
    <div class="bubble">
      <div class="bubble-head">
        <h2>${strings.you}</h2>
        ${timeView(row.at, context)}
      </div>
      ${blocksView(row.key, row.blocks, 'plain', 'text', context)}
    </div>
    ${stateLine(row, ui, context)}
  </div>`;
}

function stateLine(row: UserMessageRow, ui: RowUi, context: PageContext): TemplateResult | typeof nothing {
  const { strings, actions } = context;
  const states: Record<UserMessageRow['state'], readonly [IconName, string] | undefined> = {
    done: undefined,
    queued: ['clock', strings.queued],
    sending: ['sync', strings.sending],
    checking: ['sync', strings.checking],
    failed: ['error', strings.sendFailed],
    dropped: ['circle-slash', strings.dropped],
  };
  const state = states[row.state];
  if (state === undefined) {
    return nothing;
  }
  const spins = row.state === 'sending' || row.state === 'checking';
  const [name, text] = state;
  return html`<div class="bubble-state">
    ${icon(name, spins ? 'icon-spin' : '')}<span>${ui.error ?? text}</span>
    ${
      row.state === 'failed'
        ? html`<button
            type="button"
            class="quiet"
            ?disabled=${ui.busy === true}
            @click=${() => actions.retrySend(row.key)}
          >
            ${icon('refresh')}${strings.retry}
          </button>`
        : nothing
    }
  </div>`;
}
