import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { SessionHeader } from '../../../src/protocol/messages.ts';
import type { TimelineLane, TimelineTokens, TimelineTotals } from '../../../src/protocol/timelineMessages.ts';
import type { TimelineStrings } from '../../../src/protocol/timelineStrings.ts';
import { fill } from '../fill.ts';
import type { PageContext } from '../view/context.ts';
import type { TimelineController } from './timelineController.ts';

/** Where the time went, in a few numbers about the whole session. */
export function totalsView(
  timeline: TimelineController,
  header: SessionHeader | undefined,
  context: PageContext,
): TemplateResult {
  const { strings, format } = context;
  const texts = strings.timeline.totals;
  const { extent, store } = timeline;
  const of = (name: TimelineLane) => store.lanes.find(({ lane }) => lane === name)?.totals;
  const time = (totals: TimelineTotals | undefined) =>
    totals === undefined ? undefined : format.duration(spent(totals, extent.to));
  const tools = of('tools');
  const model = of('model');
  const used = usedBy(header, model?.tokens ?? null);
  return html`<dl class="timeline-totals" aria-label=${texts.label}>
    ${card(format.duration(extent.to - extent.from), texts.wall)}
    ${card(time(model), fill(model?.count === 1 ? texts.modelOne : texts.model, { count: format.number(model?.count ?? 0) }), texts.timeHint)}
    ${card(
      time(tools),
      fill(toolsText(tools, texts), {
        count: format.number(tools?.count ?? 0),
        failed: format.number(tools?.failed ?? 0),
      }),
      texts.timeHint,
    )}
    ${card(time(of('you')), texts.you)}
    ${
      used === undefined
        ? nothing
        : card(
            format.compact(used.input + used.output),
            used.share === undefined ? texts.tokens : fill(texts.cached, { share: percent(used.share) }),
            used.share === undefined ? undefined : fill(texts.cachedHint, { share: percent(used.share) }),
            fill(texts.inAndOut, { input: format.compact(used.input), output: format.compact(used.output) }),
          )
    }
    ${card(header?.cost ?? undefined, texts.cost, texts.costHint)}
  </dl>`;
}

/** A card where there is something to say; `more` is a second line of it. */
function card(
  value: string | undefined,
  label: string,
  hint?: string,
  more?: string,
): TemplateResult | typeof nothing {
  return value === undefined
    ? nothing
    : html`<div class="timeline-total" title=${hint ?? nothing}>
        <dt>${label}${more === undefined ? nothing : html`<span class="timeline-more">${more}</span>`}</dt>
        <dd>${value}</dd>
      </div>`;
}

/** What a lane comes to by now, in milliseconds. */
function spent({ busy, open, openSince }: TimelineTotals, now: number): number {
  return busy + Math.max(0, open * now - openSince);
}

interface Used {
  readonly input: number;
  readonly output: number;
  /** The part of the input that came from the cache. */
  readonly share: number | undefined;
}

/** The server's own count for the session, which knows of all threads; else what the requests say. */
function usedBy(header: SessionHeader | undefined, requests: TimelineTokens | null): Used | undefined {
  const told = header?.inputTokens ?? null;
  if (told === null && requests === null) {
    return undefined;
  }
  const read = (told === null ? requests?.cacheRead : header?.cacheReadTokens) ?? 0;
  const written = (told === null ? requests?.cacheWrite : header?.cacheWriteTokens) ?? 0;
  const fresh = told ?? requests?.input ?? 0;
  const all = fresh + read + written;
  return {
    input: fresh,
    output: (told === null ? requests?.output : header?.outputTokens) ?? 0,
    share: read > 0 && all > 0 ? read / all : undefined,
  };
}

function percent(share: number): string {
  return new Intl.NumberFormat(document.documentElement.lang, {
    style: 'percent',
    maximumFractionDigits: 0,
  }).format(share);
}

function toolsText(tools: TimelineTotals | undefined, texts: TimelineStrings['totals']): string {
  const hasFailed = (tools?.failed ?? 0) > 0;
  if (tools?.count === 1) {
    return hasFailed ? texts.toolsOneFailed : texts.toolsOne;
  }
  return hasFailed ? texts.toolsFailed : texts.tools;
}
