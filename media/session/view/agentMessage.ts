import { html, type TemplateResult } from 'lit/html.js';
import type { AgentMessageRow } from '../../../src/transcript/row.ts';
import { blocksView } from './blocks.ts';
import type { PageContext } from './context.ts';
import { copyButton } from './copyButton.ts';
import { timeView } from './time.ts';

export function agentMessage(row: AgentMessageRow, context: PageContext): TemplateResult {
  const { strings, actions } = context;
  return html`<div class="agent ${row.streaming ? 'is-streaming' : ''}">
    <h2 class="sr-only">${strings.agent}</h2>
    ${blocksView(row.key, row.blocks, 'markdown', 'text', context)}
    <div class="row-foot">
      ${timeView(row.at, context)} ${copyButton(() => actions.copyBody(row.key, 'text'), context)}
    </div>
  </div>`;
}
