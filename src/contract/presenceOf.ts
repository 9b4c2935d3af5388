import type { ProbeAnswer } from '../api/http/caller.ts';
import type { Presence } from './contractReport.ts';

/** What a status alone says; undefined for 404, which has two meanings. */
export function presenceOfStatus(status: number): Presence | undefined {
  if (status >= 200 && status < 300) {
    return 'present';
  }
  switch (status) {
    case 401:
    case 403:
    case 407:
      return 'refused';
    case 404:
      return undefined;
    case 405:
    case 410:
    case 501:
      return 'absent';
    case 400:
    case 409:
    case 413:
    case 415:
    case 422:
      return 'present'; // the operation read the request, and found fault with it
    default:
      return 'unknown'; // moved, limited, overloaded or broken: nothing about the operation
  }
}

/**
 * What a 404 says for an id that nothing has. A server that lacks the operation answers as it does for a path
 * that no server has; one that knows it says what it did not find.
 */
export function presenceOfMissing(answer: ProbeAnswer, nowhere: ProbeAnswer | undefined): Presence {
  if (nowhere?.status !== 404) {
    return 'unknown';
  }
  return shapeOf(answer) === shapeOf(nowhere) ? 'absent' : 'present';
}

/** What OPTIONS, or a 405, says about a method: only a list that names it proves anything. */
export function presenceOfAllow(answer: ProbeAnswer, method: string): Presence {
  if (answer.status === 401 || answer.status === 403 || answer.status === 407) {
    return 'refused';
  }
  const allowed = (answer.allow ?? '').split(',').map((word) => word.trim().toUpperCase());
  if (allowed.includes(method)) {
    return 'present';
  }
  return answer.status === 410 || answer.status === 501 ? 'absent' : 'unknown';
}

/** The answer without what differs from request to request: ids, numbers, and the path that was asked for. */
function shapeOf({ status, contentType, body }: ProbeAnswer): string {
  const type = (contentType ?? '').split(';')[0]?.trim() ?? '';
  const words = body
    .replace(/"?request[-_]id"?\s*:\s*"[^"]*"/gi, '')
    .replace(/\/[\w./-]+/g, '/')
    .replace(/\b\w*\d\w*\b/g, '#')
    .replace(/\s+/g, ' ');
  return `${String(status)} ${type} ${words.trim()}`;
}
