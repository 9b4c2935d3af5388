import type { Connection } from '../../api/connection.ts';
import type { DetailDocuments } from '../documents/detailDocuments.ts';
import type { Documents } from '../documents/documents.ts';
import type { PastDocuments } from '../documents/pastDocuments.ts';
import type { CopyRequest } from '../panel/copyConversation.ts';
import type { ExportRequest } from '../panel/exportSession.ts';
import type { LazyPanels } from '../panel/lazyPanels.ts';
import type { OpenOptions } from '../panel/sessionPanels.ts';
import type { TranscriptDocuments } from '../panel/transcriptDocuments.ts';
import type { TextInEditor } from '../input/textInEditor.ts';
import type { ClientPool } from '../services/clients.ts';
import type { ConnectionRegistry } from '../services/connectionRegistry.ts';
import type { FirstSteps } from '../services/firstSteps.ts';
import type { ReportDocuments } from '../smoke/reportDocuments.ts';
import type { Smoke } from '../smoke/smoke.ts';
import type { Lazy } from '../../util/lazy.ts';
import type { KeyStore } from '../services/keyStore.ts';
import type { SandboxHost } from '../services/sandboxHost.ts';
import type { Settings } from '../services/settings.ts';
import type { Shell } from '../shell.ts';
import type { Explorer } from '../tree/explorer.ts';
import type { KeptSearches } from '../search/keptSearches.ts';
import type { SessionsSearch } from '../search/sessionsSearch.ts';
import type { Drafts } from './drafts.ts';

/** What the commands work with: the shell, and the parts behind it that only they may change. */
export interface CommandContext {
  readonly shell: Shell;
  readonly registry: ConnectionRegistry;
  readonly keyStore: KeyStore;
  readonly clientPool: ClientPool;
  readonly settings: Settings;
  readonly sandbox: SandboxHost;
  readonly explorer: Explorer;
  readonly details: DetailDocuments;
  readonly documents: Documents;
  readonly drafts: Drafts;
  readonly steps: FirstSteps;
  /** Lists of what was deleted, and of what agents used. */
  readonly reports: Pick<ReportDocuments, 'hold' | 'show'>;
  readonly texts: TextInEditor;
  /** Long texts other than rubrics. */
  readonly longTexts: TextInEditor;
  readonly past: PastDocuments;
  readonly panels: Pick<LazyPanels, 'active' | 'find' | 'recent' | 'closeAll'>;
  /** Sessions as text that follows them. */
  readonly transcripts: Lazy<TranscriptDocuments>;
  readonly smoke: Lazy<Smoke>;
  readonly smokeReports: Pick<ReportDocuments, 'copyLast'>;
  /** The search in all sessions. */
  readonly search: Lazy<SessionsSearch>;
  /** What searches keep on this machine. */
  readonly searchCache: Pick<KeptSearches, 'clear' | 'forget'>;
  readonly exportSession: (request: ExportRequest) => Promise<void>;
  readonly copyConversation: (ref: CopyRequest) => Promise<void>;
  /** Opens or reveals the panel of a session. */
  readonly openSession: (connection: Connection, sessionId: string, options?: OpenOptions) => Promise<void>;
  /** The environment of this process, for the keys that may be offered from it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}
