import type { LogPort } from '../../eventLog/logPort.ts';
import type { Outcome, PageAction, PageMessage } from '../../protocol/messages.ts';
import { assertNever } from '../../util/assertNever.ts';
import type { Approvals } from './approvals.ts';
import type { WorkspaceFiles } from '../workspace/workspaceFiles.ts';
import type { CodeDocuments } from './codeDocuments.ts';
import type { ComposerSession } from './composerSession.ts';
import type { FindInSession } from './findInSession.ts';
import type { LogActions } from './logActions.ts';
import type { PageHead } from './pageHead.ts';
import type { PageSender } from './pageSender.ts';
import type { RowBodies } from './rowBodies.ts';
import type { SessionTimeline } from './sessionTimeline.ts';

/** The parts of the host that a page speaks to. */
export interface PageParts {
  readonly sender: PageSender;
  readonly head: PageHead;
  readonly composer: ComposerSession;
  readonly approvals: Approvals;
  readonly bodies: RowBodies;
  readonly code: CodeDocuments;
  readonly files: WorkspaceFiles;
  readonly find: FindInSession;
  readonly log: LogPort;
  readonly logActions: LogActions;
  readonly timeline: SessionTimeline;
  readonly ready: (anchor: string | undefined) => void;
  readonly interrupt: () => Promise<Outcome>;
  readonly showCall: (eventId: string) => void;
  readonly openLink: (url: string) => void;
  readonly act: (action: PageAction) => void;
  /** Answers a question of the page, in any case and once. */
  readonly answer: (id: number, outcome: Promise<Outcome>) => void;
  /** Does something whose failure has no place in the page. */
  readonly attempt: (work: Promise<void>) => void;
}

/** Hands each message of the page, which has been read and checked, to the part that it is for. */
export function handlePageMessage(message: PageMessage, page: PageParts): void {
  const { answer, attempt } = page;
  switch (message.type) {
    case 'ready':
      return page.ready(message.anchor);
    case 'ack':
      return page.sender.acknowledged(message.seq);
    case 'window':
    case 'rows':
      return page.sender.moveWindow(message);
    case 'rename':
      return answer(message.id, page.head.rename(message.title));
    case 'draft':
    case 'recall':
    case 'attach':
    case 'attachMenu':
    case 'detach':
    case 'openAttachment':
    case 'pasteImage':
    case 'dropFile':
    case 'dropUris':
    case 'dismissNote':
      return attempt(page.composer.receive(message));
    case 'send':
      return answer(message.id, page.composer.send(message));
    case 'interrupt':
      return answer(message.id, page.interrupt());
    case 'decide':
    case 'allowAll':
    case 'answerTool':
    case 'openInput':
      return answer(message.id, page.approvals.handle(message));
    case 'showCall':
      return page.showCall(message.eventId);
    case 'openLink':
      return page.openLink(message.url);
    case 'openBlock':
      return attempt(page.bodies.openBlock(message.key, message.part, message.index));
    case 'openBody':
      return attempt(page.bodies.open(message.key, message.part));
    case 'copyBody':
      return attempt(page.bodies.copy(message.key, message.part));
    case 'openPath':
      return attempt(page.files.open(message.key));
    case 'applyChange':
      return attempt(page.files.apply(message.key));
    case 'copyCode':
    case 'openCode':
    case 'insertCode':
      return attempt(page.code.receive(message));
    case 'action':
      return page.act(message.action);
    case 'findStart':
    case 'findStep':
    case 'findOpen':
    case 'findClose':
      return attempt(page.find.receive(message));
    case 'logView':
    case 'logAck':
    case 'logHide':
    case 'logDetail':
      return page.log.receive(message);
    case 'logCopy':
      return attempt(page.logActions.copy(message));
    case 'logOpenJson':
      return attempt(page.logActions.openJson(message.name));
    case 'logReveal':
      return answer(message.id, Promise.resolve(page.logActions.reveal(message.name)));
    case 'timelineView':
    case 'timelineAck':
    case 'timelineHide':
      return attempt(page.timeline.receive(message));
    default:
      assertNever(message);
  }
}
