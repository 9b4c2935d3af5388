import type { HostMessage } from '../../src/protocol/messages.ts';
import { assertNever } from '../../src/util/assertNever.ts';
import type { ComposerController } from './composerController.ts';
import type { ConversationReader } from './conversationReader.ts';
import type { FindController } from './find/findController.ts';
import type { HeaderController } from './headerController.ts';
import type { Requests } from './requests.ts';
import type { SessionViews } from './sessionViews.ts';
import type { PageStore } from './store.ts';

/** The parts of the page that the host speaks to. */
export interface HostListeners {
  readonly store: PageStore;
  readonly requests: Requests;
  readonly reader: ConversationReader;
  readonly views: SessionViews;
  readonly composer: ComposerController;
  readonly header: HeaderController;
  readonly find: FindController;
  readonly focusComposer: () => void;
  readonly changed: () => void;
}

/** Hands each message of the host to the part that it is for. */
export function receiveFromHost(message: HostMessage, page: HostListeners): void {
  switch (message.type) {
    case 'open':
      page.composer.take(message.composer);
      return page.store.open(message);
    case 'patches':
      return page.store.patches(message);
    case 'rows':
      return page.store.rows(message);
    case 'outcome':
      return page.requests.settle(message.id, message.outcome);
    case 'reveal':
      return void page.reader.goTo(message.at, message.key);
    case 'place':
      return page.reader.place.place(message) ? page.changed() : undefined;
    case 'focusLastMessage':
      return page.reader.goToLast();
    case 'startRename':
      return void page.header.startRename();
    case 'focusComposer':
      return page.focusComposer();
    case 'composer':
    case 'recalled':
    case 'attachmentImage':
      return page.composer.receive(message);
    case 'find':
    case 'showFind':
      return page.find.receive(message);
    case 'logRows':
    case 'logDetail':
    case 'logCount':
    case 'toggleLog':
    case 'showInLog':
    case 'timeline':
    case 'toggleTimeline':
      return page.views.receive(message);
    default:
      assertNever(message);
  }
}
