import type { Connection } from '../../api/connection.ts';
import type { DetailDocuments } from '../documents/detailDocuments.ts';
import type { ExportRequest } from '../panel/exportSession.ts';
import type { OpenOptions, SessionPanels } from '../panel/sessionPanels.ts';
import type { TranscriptDocuments } from '../panel/transcriptDocuments.ts';
import type { TextInEditor } from '../input/textInEditor.ts';
import type { ClientPool } from '../services/clients.ts';
import type { ConnectionRegistry } from '../services/connectionRegistry.ts';
import type { KeyStore } from '../services/keyStore.ts';
import type { SandboxHost } from '../services/sandboxHost.ts';
import type { Settings } from '../services/settings.ts';
import type { Shell } from '../shell.ts';
import type { Explorer } from '../tree/explorer.ts';
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
  readonly drafts: Drafts;
  readonly texts: TextInEditor;
  readonly panels: Pick<SessionPanels, 'active' | 'find' | 'recent'>;
  readonly transcripts: Pick<TranscriptDocuments, 'open'>;
  readonly exportSession: (request: ExportRequest) => Promise<void>;
  /** Opens or reveals the panel of a session. */
  readonly openSession: (connection: Connection, sessionId: string, options?: OpenOptions) => void;
  /** The environment of this process, for the keys that may be offered from it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}
