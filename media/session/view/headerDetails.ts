import { html, type TemplateResult } from 'lit/html.js';
import type { SessionHeader } from '../../../src/protocol/messages.ts';
import type { FeedStatus } from '../feedTypes.ts';
import { fill } from '../fill.ts';
import { activityText, workedMs } from '../headerWords.ts';
import type { PageContext } from './context.ts';
import { feedWords } from './feedStatus.ts';
import { visibleText } from './hidden.ts';

/** Everything that is known of the session, in full: also for those who have no pointer for tooltips. */
export function detailsView(
  header: SessionHeader,
  feed: FeedStatus,
  now: number,
  context: PageContext,
): TemplateResult {
  const { format, strings } = context;
  const { facts, stage } = strings.header;
  const count = (value: number | null) => (value === null ? undefined : format.number(value));
  const worked = workedMs(header, now);
  const agent = [header.agent, header.agentVersion === null ? null : `v${header.agentVersion}`, header.model];
  const where = [header.connection, stage[header.stage], header.origin];
  const rows: readonly (readonly [name: string, value: string | undefined])[] = [
    [facts.status, `${activityText(header, now, context)} · ${feedWords(feed, now, context)}`],
    [facts.connection, joined(where)],
    [facts.agent, joined(agent)],
    [facts.environment, header.environment ?? undefined],
    [facts.session, header.sessionId],
    [facts.created, createdText(header.createdAt, now, context)],
    [facts.worked, worked === undefined ? undefined : format.duration(worked)],
    [facts.inputTokens, count(header.inputTokens)],
    [facts.outputTokens, count(header.outputTokens)],
    [facts.cacheRead, count(header.cacheReadTokens)],
    [facts.cacheWritten, count(header.cacheWriteTokens)],
    [facts.cost, header.cost ?? undefined],
  ];
  return html`<dl class="header-details" id="header-details">
    ${rows.map(([name, value]) =>
      value === undefined || value === ''
        ? ''
        : html`<div class="detail">
            <dt>${name}</dt>
            <dd>${visibleText(value)}</dd>
          </div>`,
    )}
  </dl>`;
}

function joined(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' · ');
}

function createdText(createdAt: number | null, now: number, context: PageContext): string | undefined {
  if (createdAt === null) {
    return undefined;
  }
  const { format, strings } = context;
  const minutes = Math.floor(Math.max(0, now - createdAt) / 60_000) * 60_000;
  const time = format.full(createdAt);
  return minutes === 0
    ? time
    : fill(strings.header.facts.createdAgo, { time, ago: format.duration(minutes) });
}
