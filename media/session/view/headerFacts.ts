import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { SessionHeader } from '../../../src/protocol/messages.ts';
import { withHiddenMarked } from '../../../src/util/hiddenCharacters.ts';
import { fill } from '../fill.ts';
import { activityText, workedMs } from '../headerWords.ts';
import type { PageContext } from './context.ts';
import { visibleText } from './hidden.ts';
import { icon, type IconName } from './icon.ts';

/** What is worth a place in the second line, in the order in which it is worth it. */
export function factsView(header: SessionHeader, now: number, context: PageContext): TemplateResult {
  const { strings, format } = context;
  const worked = workedMs(header, now);
  const agent = [header.agent, header.agentVersion === null ? null : `v${header.agentVersion}`]
    .filter((part) => part !== null)
    .join(' ');
  return html`<span class="activity is-${header.failed ? 'failed' : header.activity}"
      >${visibleText(activityText(header, now, context))}</span
    >
    ${stageTag(header, context)} ${fact('robot', [agent, header.model])} ${tokensView(header, context)}
    ${fact(undefined, [header.cost], strings.header.facts.cost)} ${fact('vm', [header.environment])}
    ${
      worked === undefined
        ? nothing
        : fact(
            'clock',
            [fill(strings.header.worked, { duration: format.duration(worked) })],
            strings.header.workedNote,
          )
    }`;
}

const stageIcons: Record<SessionHeader['stage'], IconName> = {
  sandbox: 'beaker',
  local: 'server',
  development: 'tools',
  production: 'globe',
  file: 'file',
  other: 'plug',
};

/** Where the session is: what is done on a server that matters should never be taken for a trial. */
function stageTag(header: SessionHeader, { strings }: PageContext): TemplateResult {
  const note = strings.header.stage[header.stage];
  return html`<span class="tag stage-${header.stage}" title=${header.origin}
    >${icon(stageIcons[header.stage])}<span class="tag-name">${visibleText(header.connection)}</span>${
      note === '' ? nothing : html`<span class="tag-note">${note}</span>`
    }</span
  >`;
}

function fact(
  picture: IconName | undefined,
  texts: readonly (string | null)[],
  title?: string,
): TemplateResult | typeof nothing {
  const shown = texts.filter((text) => text !== null && text !== '').join(' · ');
  if (shown === '') {
    return nothing;
  }
  return html`<span class="fact" title=${withHiddenMarked(title ?? shown)}
    >${picture === undefined ? nothing : icon(picture)}<span class="fact-text"
      >${visibleText(shown)}</span
    ></span
  >`;
}

function tokensView(header: SessionHeader, context: PageContext): TemplateResult | typeof nothing {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = header;
  const { format, strings } = context;
  const parts: readonly (readonly [number | null, string])[] = [
    [inputTokens, strings.header.tokensIn],
    [outputTokens, strings.header.tokensOut],
    [cacheReadTokens === 0 ? null : cacheReadTokens, strings.header.tokensCache],
  ];
  const texts = parts.flatMap(([count, text]) =>
    count === null ? [] : [fill(text, { count: format.compact(count) })],
  );
  const exact = (count: number | null) => format.number(count ?? 0);
  return fact(
    undefined,
    texts,
    fill(strings.header.tokensExact, {
      input: exact(inputTokens),
      output: exact(outputTokens),
      read: exact(cacheReadTokens),
      written: exact(cacheWriteTokens),
    }),
  );
}
