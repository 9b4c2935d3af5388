import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { UserMessageRow } from '../../../src/transcript/row.ts';
import { userBlocks } from './attached.ts';
import type { PageContext } from './context.ts';
import { icon, type IconName } from './icon.ts';
import { timeView } from './time.ts';

export function userMessage(row: UserMessageRow, context: PageContext): TemplateResult {
  const { strings } = context;
  return html`<div class="user is-${row.state}">
    <div class="bubble">
      <div class="bubble-head">
        <h2>${strings.you}</h2>
        ${timeView(row.at, context)}
      </div>
      ${userBlocks(row, context)}
    </div>
    ${stateLine(row, context)}
  </div>`;
}

function stateLine(row: UserMessageRow, context: PageContext): TemplateResult | typeof nothing {
  const { strings } = context;
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
  return html`<div class="bubble-state">${icon(name, spins ? 'icon-spin' : '')}<span>${text}</span></div>`;
}
