import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Decision, ToolRow } from '../../../src/transcript/row.ts';
import { fill } from '../fill.ts';
import type { PageContext } from './context.ts';
import { visibleText } from './hidden.ts';
import { icon } from './icon.ts';
import { timeView } from './time.ts';

/** The trace of a decision on the card of the call: who decided, why and when. */
export function decisionView(
  decision: Decision | null,
  context: PageContext,
): TemplateResult | typeof nothing {
  if (decision === null) {
    return nothing;
  }
  return html`<div class="decision ${decision.allowed ? 'is-allowed' : 'is-denied'}">
    ${icon(decision.by === 'user' ? 'account' : 'shield')}
    <span>${visibleText(words(decision, context))}</span>
    ${timeView(decision.at, context)}
  </div>`;
}

/** Says who gave the result, where it was not the agent's own tool. */
export function answeredView(row: ToolRow, context: PageContext): TemplateResult | typeof nothing {
  const { reading } = context.strings;
  if (row.result === null || row.resultBy === 'agent') {
    return nothing;
  }
  const isUser = row.resultBy === 'user';
  return html`<div class="decision">
    ${icon(isUser ? 'account' : 'server')}
    <span>${isUser ? reading.youAnswered : reading.environmentAnswered}</span>
    ${timeView(row.resultAt, context)}
  </div>`;
}

function words({ by, allowed, reason }: Decision, context: PageContext): string {
  const { reading } = context.strings;
  if (by === 'user') {
    if (allowed) {
      return reading.youAllowed;
    }
    return reason === null ? reading.youDenied : fill(reading.youDeniedBecause, { reason });
  }
  if (by === 'rules') {
    return reading.rulesDenied;
  }
  if (allowed) {
    return reading.judgeAllowed;
  }
  return reason === null ? reading.judgeDenied : fill(reading.judgeDeniedBecause, { reason });
}
