import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ManagedAgentsClient } from '../../../src/api/client.ts';
import { DiskCache } from '../../../src/sessionSearch/diskCache.ts';
import { SearchRun, type SearchRunOptions } from '../../../src/sessionSearch/searchRun.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { LibraryServer, type LibraryOptions } from '../../support/libraryServer.ts';
import { type Servers, useServers } from '../api/apiSetup.ts';

export interface SearchBench {
  readonly servers: Servers;
  library(options?: LibraryOptions): Promise<LibraryServer>;
  /** A folder of its own for a cache. */
  folder(): Promise<string>;
  cache(folder: string, more?: { language?: string; maxBytes?: number }): DiskCache;
  /** Lines that caches wrote to the log. */
  readonly notes: string[];
}

/** What the tests of a search start, let go of after each of them. */
export function useSearch(): SearchBench {
  const servers = useServers();
  const notes: string[] = [];
  afterEach(() => notes.splice(0));
  return {
    servers,
    notes,
    async library(options) {
      const library = await LibraryServer.start(options);
      servers.later(() => library.close());
      return library;
    },
    async folder() {
      const folder = await mkdtemp(path.join(tmpdir(), 'search-cache-'));
      servers.later(() => rm(folder, { recursive: true, force: true }));
      return path.join(folder, 'search');
    },
    cache: (folder, { language = 'en', maxBytes = 1_000_000 } = {}) =>
      new DiskCache({ folder, maxBytes, language, clock: systemClock, onNote: (note) => notes.push(note) }),
  };
}

/** A search over all sessions of a server. */
export function searchFor(
  text: string,
  client: ManagedAgentsClient,
  more: Partial<SearchRunOptions> = {},
): SearchRun {
  return new SearchRun({
    query: { text, matchCase: false, wholeWord: false },
    listPage: async (cursor, signal) => await client.listSessions({ limit: 100, cursor, signal }),
    isWanted: () => true,
    client,
    words: ({ code }) => code,
    cutKeys: (said) => said,
    cache: undefined,
    clock: systemClock,
    onChange: () => undefined,
    ...more,
  });
}

/** What was found, as short as tests want it: `session:total`. */
export function found(run: SearchRun): string[] {
  return run.state.results.map(({ session, total }) => `${session.id}:${String(total)}`);
}
