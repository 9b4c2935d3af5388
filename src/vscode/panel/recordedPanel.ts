import type { Banner, PageAction, SessionHeader } from '../../protocol/messages.ts';

/** What is different in a panel whose session is not on a server but written down. */
export interface RecordedPanel {
  /** What stands above the conversation. */
  readonly banner: Banner;
  readonly header: (header: SessionHeader) => SessionHeader;
  /** Does what a button asks for, without any server. */
  readonly act: (action: PageAction) => void;
}
