import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { AgentMessageRow } from '../../../src/transcript/row.ts';
import { blocksView } from './blocks.ts';
import type { PageContext } from './context.ts';
import { copyButton } from './copyButton.ts';
import type { RowPlace } from './row.ts';
import { timeView } from './time.ts';

type AgentPlace = Pick<RowPlace, 'follows' | 'passing'>;

/** A run of the agent's rows shares one heading. */
export function agentMessage(row: AgentMessageRow, place: AgentPlace, context: PageContext): TemplateResult {
  const { strings, actions } = context;
  const isEmpty =
    !row.streaming && row.blocks.every((block) => block.type === 'text' && block.text.trim() === '');
  return html`<div class="agent ${row.streaming ? 'is-streaming' : ''}">
    ${place.follows ? nothing : html`<h2 class="sr-only">${strings.agent}</h2>`}
    ${isEmpty ? html`<div class="empty-message">${strings.reading.emptyMessage}</div>` : nothing}
    ${blocksView(row.key, row.blocks, row.streaming ? 'growingMarkdown' : 'markdown', 'text', context)}
    <div class="row-foot">
      ${place.passing ? nothing : [timeView(row.at, context), copyButton(() => actions.copyBody(row.key, 'text'), context)]}
    </div>
  </div>`;
}
