import { html, nothing, type TemplateResult } from 'lit/html.js';
import { type ErrorType, errorTypes, type NextStep } from '../../../src/protocol/readingStrings.ts';
import { fillKnown } from '../../../src/transcript/noticeLine.ts';
import type { NoticeCode, NoticeRow } from '../../../src/transcript/row.ts';
import type { PageContext } from './context.ts';
import { visibleText } from './hidden.ts';
import { icon } from './icon.ts';
import { timeView } from './time.ts';

const known: ReadonlySet<string> = new Set(errorTypes);

/** What a person can do, where sending a message again is not it. */
const steps: Partial<Record<ErrorType, NextStep>> = {
  model_overloaded_error: 'wait',
  model_rate_limited_error: 'wait',
  billing_error: 'billing',
  compaction_limit_reached_error: 'newSession',
  mcp_connection_failed_error: 'server',
  credential_host_unreachable_error: 'server',
  mcp_authentication_failed_error: 'credentials',
  repository_authentication_error: 'credentials',
  repository_forbidden_error: 'credentials',
};

export function isErrorNotice(code: NoticeCode): boolean {
  return code.startsWith('error.');
}

/** An error in plain words: what happened, whether it is tried again, and what to do. */
export function errorWords(
  { code, args }: NoticeRow,
  context: PageContext,
): { readonly what: string; readonly then: string; readonly said: string } {
  const { error } = context.strings.reading;
  const type = isKnown(args['type']) ? args['type'] : undefined;
  const message = args['message'] ?? '';
  const what = type === undefined ? '' : fillKnown(error.what[type], args);
  // Of a kind that nobody has words for, the server's own say the most.
  const isOwn = what === '' || what.toLowerCase() === message.toLowerCase();
  const isSaid = message !== '' && message !== args['type'];
  return {
    what: isOwn ? (isSaid ? message : error.other) : what,
    then: whatThen(code, type, context),
    said: isSaid && !isOwn ? fillKnown(error.said, { message }) : '',
  };
}

function whatThen(code: NoticeCode, type: ErrorType | undefined, context: PageContext): string {
  const { error } = context.strings.reading;
  const step = (type === undefined ? undefined : steps[type]) ?? 'again';
  switch (code) {
    case 'error.retrying':
      return type?.startsWith('repository_') === true ? error.retryingWithout : error.retrying;
    case 'error.exhausted':
      return `${error.exhausted} ${error.next[step]}`;
    case 'error.terminal':
      return `${error.terminal} ${error.next[step === 'billing' ? 'billing' : 'newSession']}`;
    default:
      return '';
  }
}

function isKnown(type: string | undefined): type is ErrorType {
  return type !== undefined && known.has(type);
}

export function errorNoticeView(row: NoticeRow, context: PageContext): TemplateResult {
  const { what, then, said } = errorWords(row, context);
  return html`<div class="notice tone-${row.tone} is-card">
    ${icon(row.tone === 'warning' ? 'warning' : 'error')}
    <div class="notice-words">
      <div class="notice-what">${visibleText(what)}</div>
      ${then === '' ? nothing : html`<div>${then}</div>`}
      ${said === '' ? nothing : html`<div class="notice-said">${visibleText(said)}</div>`}
    </div>
    ${timeView(row.at, context)}
  </div>`;
}
