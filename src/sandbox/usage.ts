import type { JsonObject } from '../util/json.ts';
import type { SessionRecord, Usage } from './records.ts';

// Invented but plausible numbers: about four characters to a token, and one price for every model.

const charactersPerToken = 4;
/** Tokens that a system prompt and the tool definitions would take before the first message. */
const promptTokens = 1_850;
/** A conversation longer than this would have been compacted. */
const contextTokens = 120_000;
const dollarsPerMillion = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 } as const;

function tokensOf(characters: number): number {
  return Math.max(1, Math.ceil(characters / charactersPerToken));
}

/**
 * Counts one scripted "model request": the conversation so far is read from the cache, what is new is
 * written to it. Answers the request's own share.
 */
export function countRequest(session: SessionRecord, read: number, written: number): Usage {
  const input = tokensOf(read);
  const share: Usage = {
    inputTokens: input,
    outputTokens: tokensOf(written),
    cacheReadTokens: Math.min(contextTokens, promptTokens + session.usage.cacheWriteTokens),
    cacheWriteTokens: input,
  };
  session.usage.inputTokens += share.inputTokens;
  session.usage.outputTokens += share.outputTokens;
  session.usage.cacheReadTokens += share.cacheReadTokens;
  session.usage.cacheWriteTokens += share.cacheWriteTokens;
  return share;
}

/** `model_usage` of `span.model_request_end`. */
export function modelUsageShape(usage: Usage): JsonObject {
  return {
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    cache_creation_input_tokens: usage.cacheWriteTokens,
    cache_read_input_tokens: usage.cacheReadTokens,
  };
}

/** Cumulative usage, as in a session and in `session.usage`. Money is whole cents, written as a string. */
export function usageShape(session: SessionRecord): JsonObject {
  const { usage } = session;
  const dollars =
    (usage.inputTokens * dollarsPerMillion.input +
      usage.outputTokens * dollarsPerMillion.output +
      usage.cacheReadTokens * dollarsPerMillion.cacheRead +
      usage.cacheWriteTokens * dollarsPerMillion.cacheWrite) /
    1_000_000;
  return {
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    cache_read_input_tokens: usage.cacheReadTokens,
    cache_creation: {
      ephemeral_5m_input_tokens: usage.cacheWriteTokens,
      ephemeral_1h_input_tokens: 0,
    },
    list_cost: { amount: String(Math.ceil(dollars * 100)), currency: 'USD' },
    active_seconds: seconds(session.activeMs),
    server_tool_use: { web_search_requests: 0, web_fetch_requests: 0 },
  };
}

export function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10;
}
