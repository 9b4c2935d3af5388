import type { Outcome } from '../../protocol/messages.ts';

/** An outcome that says no, and why. */
export function refusal(code: string, message: string): Outcome {
  return { ok: false, code, message };
}
