/** Most calls that one press of a button may allow; nobody can have read more. */
export const MAX_CALLS_AT_ONCE = 100;

/** A call and exactly the input of it that was on the screen. */
export interface SeenCall {
  /** The id of the event by which the agent asks. */
  readonly eventId: string;
  readonly inputHash: string;
}

/**
 * What a page asks about calls that wait for the user. Each names what was shown, and the host refuses it
 * where the call is another by now. `deny` may carry a reason for the agent.
 */
export type ApprovalMessage =
  | ({
      readonly type: 'decide';
      readonly id: number;
      readonly decision: 'allow' | 'deny';
      readonly reason: string;
    } & SeenCall)
  /** Allows these calls in one request, or none of them. */
  | { readonly type: 'allowAll'; readonly id: number; readonly calls: readonly SeenCall[] }
  /** An empty text is a result without any content. */
  | ({
      readonly type: 'answerTool';
      readonly id: number;
      readonly text: string;
      readonly isError: boolean;
    } & SeenCall)
  /** Opens an input whole, where the page has only its beginning. The outcome says that it is on the screen. */
  | ({ readonly type: 'openInput'; readonly id: number } & SeenCall);
