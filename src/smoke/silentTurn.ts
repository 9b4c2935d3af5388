/**
 * Why a turn did not come over the stream as it should.
 * `notPosted`: the history does not have the message. `nothingArrives`: the history has events, and the open
 * stream has told none. `buffered`: they come late or all at the end. `cutOff`: the stream ended in the middle.
 * `noReply`: the turn ended without a word of the agent. `turnFailed`: the server says that it failed.
 * `lost`, `repeated`: what the history has was not there, or there twice, after a reconnect.
 */
export const silences = [
  'notPosted',
  'nothingArrives',
  'buffered',
  'cutOff',
  'noReply',
  'turnFailed',
  'lost',
  'repeated',
] as const;
export type Silence = (typeof silences)[number];

/** Thrown where a turn is not what it should be. */
export class SilentTurnError extends Error {
  override readonly name = 'SilentTurnError';
  readonly silence: Silence;
  /** The server's own words, untrusted. */
  readonly serverSaid: string | undefined;

  constructor(silence: Silence, serverSaid?: string) {
    super(silence);
    this.silence = silence;
    this.serverSaid = serverSaid;
  }
}
