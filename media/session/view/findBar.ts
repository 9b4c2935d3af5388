import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import { MAX_FIND_TEXT } from '../../../src/protocol/findMessages.ts';
import type { FeedStatus } from '../feedTypes.ts';
import { assertNever } from '../../../src/util/assertNever.ts';
import { type FindController, type FindOption, isMac } from '../find/findController.ts';
import { fill } from '../fill.ts';
import type { PageContext } from './context.ts';
import { icon, type IconName } from './icon.ts';

/** More matches than this are not worth an exact number. */
const MOST_COUNTED = 10_000;

/** The find bar, built like the editor's own; nothing while it is closed. */
export function findBar(
  find: FindController,
  history: FeedStatus['history']['kind'],
  context: PageContext,
): TemplateResult {
  return html`<div class="find-layer">${find.isOpen ? bar(find, history, context) : nothing}</div>`;
}

function bar(
  find: FindController,
  history: FeedStatus['history']['kind'],
  context: PageContext,
): TemplateResult {
  const strings = context.strings.find;
  const none = isNothing(find);
  const onInput = (event: Event) => {
    if (event.currentTarget instanceof HTMLInputElement) {
      find.onInput(event.currentTarget.value);
    }
  };
  const cannotStep = (find.result?.total ?? 0) === 0;
  return html`<div class="find" role="search" aria-label=${strings.find}>
    <div class="find-line">
      <div class="find-field ${none ? 'has-nothing' : ''}">
        <input
          type="text"
          class="find-text"
          aria-label=${strings.find}
          placeholder=${strings.placeholder}
          maxlength=${MAX_FIND_TEXT}
          spellcheck="false"
          autocomplete="off"
          .value=${live(find.text)}
          @input=${onInput}
        />
        ${toggle(find, 'matchCase', 'case-sensitive', strings.matchCase, 'C')}
        ${toggle(find, 'wholeWord', 'whole-word', strings.wholeWord, 'W')}
      </div>
      <span class="find-count ${none ? 'has-nothing' : ''}" aria-hidden="true"
        >${countText(find, context)}</span
      >
      <span class="find-buttons">
        ${button('arrow-up', strings.previous, cannotStep, () => find.step('previous'))}
        ${button('arrow-down', strings.next, cannotStep, () => find.step('next'))}
        ${button('close', strings.close, false, () => find.hide())}
      </span>
    </div>
    ${notes(find, history, context)}
    <div class="sr-only" role="status">${find.status}</div>
  </div>`;
}

function toggle(
  find: FindController,
  option: FindOption,
  name: IconName,
  title: string,
  key: string,
): TemplateResult {
  const label = fill(title, { key: isMac() ? `⌥⌘${key}` : `Alt+${key}` });
  return html`<button
    type="button"
    class="find-toggle"
    title=${label}
    aria-label=${label}
    aria-pressed=${find.options[option]}
    @click=${() => find.toggle(option)}
  >
    ${icon(name)}
  </button>`;
}

function button(name: IconName, label: string, disabled: boolean, onClick: () => void): TemplateResult {
  return html`<button
    type="button"
    class="find-button"
    title=${label}
    aria-label=${label}
    ?disabled=${disabled}
    @click=${onClick}
  >
    ${icon(name)}
  </button>`;
}

function isNothing({ result }: FindController): boolean {
  return result?.done === true && result.total === 0;
}

function countText(find: FindController, { strings, format }: PageContext): string {
  const { result } = find;
  if (result === undefined || (result.total === 0 && !result.done)) {
    return '';
  }
  if (result.total === 0) {
    return strings.find.noResults;
  }
  const most = format.number(Math.min(result.total, MOST_COUNTED));
  const total = result.total > MOST_COUNTED || !result.done ? `${most}+` : most;
  return find.isAtMatch && result.index !== null
    ? fill(strings.find.position, { index: format.number(result.index + 1), total })
    : fill(strings.find.unknownPosition, { total });
}

/** What a reader should know about the count, and what can be done about it. */
function notes(
  find: FindController,
  history: FeedStatus['history']['kind'],
  context: PageContext,
): readonly (TemplateResult | typeof nothing)[] {
  const strings = context.strings.find;
  const { result } = find;
  const { format } = context;
  return [
    result !== undefined && find.isSlow
      ? note(
          'search',
          fill(strings.searching, { done: format.number(result.searched), size: format.number(result.size) }),
          html`<progress
            class="find-progress"
            aria-hidden="true"
            max=${result.size}
            value=${result.searched}
          ></progress>`,
        )
      : nothing,
    find.isAtMatch && find.isBeyond
      ? note(
          'info',
          strings.notShown,
          action(strings.showAll, () => find.openWhole()),
        )
      : nothing,
    result !== undefined && !find.isConversation ? note('info', strings.inConversation) : nothing,
    historyNote(history, context),
  ];
}

function historyNote(
  history: FeedStatus['history']['kind'],
  context: PageContext,
): TemplateResult | typeof nothing {
  const { strings, actions } = context;
  const load = () => actions.act('loadOlder');
  switch (history) {
    case 'complete':
      return nothing;
    case 'loading':
      return note('sync', strings.find.olderLoading);
    case 'partial':
      return note('history', strings.find.olderPartial, action(strings.loadOlder, load));
    case 'incomplete':
      return note('warning', strings.find.olderIncomplete, action(strings.retry, load));
    default:
      return assertNever(history);
  }
}

function note(name: IconName, text: string, more: TemplateResult | typeof nothing = nothing): TemplateResult {
  return html`<div class="find-note">
    ${icon(name, name === 'sync' ? 'icon-spin' : '')}<span class="find-words">${text} ${more}</span>
  </div>`;
}

function action(label: string, onClick: () => void): TemplateResult {
  return html`<button type="button" class="link find-action" @click=${onClick}>${label}</button>`;
}
