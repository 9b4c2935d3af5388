import { asText, type JsonObject } from '../../util/json.ts';
import { timestamp } from '../dialects/dialect.ts';
import type { ServedBeyondId } from '../dialects/dialect.ts';
import { notFound } from '../errors.ts';
import type { FileRecord, SessionRecord } from '../records.ts';
import { Checker } from '../validation.ts';
import { type Call, type Handlers, pathId } from './call.ts';
import { answerPage } from './listing.ts';

/** What sessions have written. */
export const fileHandlers: Handlers<Extract<ServedBeyondId, 'listFiles' | 'getFileContent'>> = {
  listFiles: (call) => {
    const scope = call.query.get('scope_id');
    const sessions = scope === null ? call.store.sessions : [call.store.session(scope)];
    return answerPage(call, new Checker(), {
      name: `files of ${scope ?? 'all'}`,
      items: sessions.flatMap((session) => session.files.map((file) => ({ session, file }))),
      order: 'desc',
      limits: { standard: 20, max: 1_000 },
      shape: ({ session, file }) => fileShape(call, session, file),
    });
  },

  getFileContent: (call) => {
    const id = pathId(call, 'file_id');
    const file = call.store.sessions.flatMap(({ files }) => files).find((candidate) => candidate.id === id);
    if (file === undefined) {
      throw notFound('File', id);
    }
    return { kind: 'bytes', bytes: file.content, type: file.type };
  },
};

function fileShape({ dialect, store }: Call, session: SessionRecord, file: FileRecord): JsonObject {
  return {
    type: 'file',
    id: file.id,
    filename: file.name,
    mime_type: file.type,
    size_bytes: file.content.length,
    downloadable: true,
    scope: { type: 'session', id: asText(dialect.session(session, store.now())['id']) ?? '' },
    created_at: timestamp(file.createdAt),
  };
}
