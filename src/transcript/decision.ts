import type { SessionEvent } from '../api/resources/event.ts';
import { asObject, asText, field } from '../util/json.ts';
import { cut } from './blocks.ts';
import type { Decision } from './row.ts';

const MAX_REASON = 2_000;

/**
 * Who decided about a call, where that is worth a word: the user, whenever there was a confirmation; the
 * agent's rules where they refused; the server's own judgement where it was asked for. A call that is always
 * allowed needs no word.
 */
export function decisionOf(call: SessionEvent, confirmation: SessionEvent | undefined): Decision | null {
  if (confirmation !== undefined) {
    const reason = asText(field(confirmation.body, 'deny_message'));
    return {
      by: 'user',
      allowed: field(confirmation.body, 'result') !== 'deny',
      at: confirmation.processedAt ?? null,
      reason: reason === undefined ? null : cut(reason, MAX_REASON),
    };
  }
  const evaluation = asObject(field(call.body, 'evaluation'));
  const judged = asObject(field(evaluation, 'evaluated_permission'));
  const verdict =
    asText(field(judged, 'type')) ??
    asText(field(evaluation, 'evaluated_permission')) ??
    asText(field(call.body, 'evaluated_permission'));
  const isJudged = asText(field(evaluation, 'type')) === 'auto';
  if (verdict !== 'deny' && !(isJudged && verdict === 'allow')) {
    return null;
  }
  const reason = asText(field(judged, 'reason_code'));
  return {
    by: isJudged ? 'judge' : 'rules',
    allowed: verdict === 'allow',
    at: null,
    reason: reason === undefined ? null : cut(reason, MAX_REASON),
  };
}
