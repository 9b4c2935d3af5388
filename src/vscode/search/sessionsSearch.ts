import * as vscode from 'vscode';
import { SANDBOX_ID } from '../../api/connection.ts';
import { ApiError } from '../../api/errors.ts';
import { FilteredSessions, type Refusals } from '../../browse/filteredSessions.ts';
import type { DiskCache } from '../../sessionSearch/diskCache.ts';
import { SearchRun } from '../../sessionSearch/searchRun.ts';
import { describeError } from '../../text/describeError.ts';
import { sentences } from '../../text/explanation.ts';
import { pageStrings } from '../../text/pageStrings.ts';
import { visible } from '../../text/visible.ts';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import { commands, contextKeys, views } from '../ids.ts';
import { findWords } from '../panel/findWords.ts';
import type { Shell } from '../shell.ts';
import { cacheScope } from './keptSearches.ts';
import { ResultsTree } from './resultsTree.ts';
import type { ResultNode } from './resultNodes.ts';
import type { SearchRequest } from './searchRequest.ts';
import { notesOf, phaseText, progressText, type SearchNote } from './searchText.ts';

export interface SearchServices {
  readonly shell: Shell;
  /** What is kept between searches; undefined while the user does not want that. */
  readonly cache: () => Promise<DiskCache | undefined>;
}

/** Servers of this API give no more at once. */
const PAGE_SIZE = 100;
/** Between two drawings while a search goes on, in milliseconds. */
const DRAW_EVERY_MS = 250;

/** The search in all sessions and its view. One search at a time; another one takes its place. */
export class SessionsSearch implements Disposable {
  private readonly services: SearchServices;
  private readonly owned = new DisposableStore();
  private readonly tree: ResultsTree;
  private readonly view: vscode.TreeView<ResultNode>;
  private current:
    { readonly request: SearchRequest; readonly run: SearchRun; readonly refusals: Refusals } | undefined;
  private drawing: Disposable | undefined;

  constructor(services: SearchServices) {
    this.services = services;
    this.tree = this.owned.add(new ResultsTree(services.shell.l10n));
    this.view = this.owned.add(
      vscode.window.createTreeView(views.searchResults, {
        treeDataProvider: this.tree,
        showCollapseAll: true,
      }),
    );
  }

  /** What is looked for at present. */
  get request(): SearchRequest | undefined {
    return this.current?.request;
  }

  /** How the search stands, for whoever waits for it. */
  get state() {
    return this.current?.run.state;
  }

  /** Begins a search and shows its view. Resolves when it rests. */
  async start(request: SearchRequest, refusals: Refusals): Promise<void> {
    this.current?.run.stop();
    this.tree.reset();
    // A sandbox begins anew each time: nothing of it is ever asked for again.
    const cache = request.connection.id === SANDBOX_ID ? undefined : await this.services.cache();
    const run: SearchRun = this.makeRun(request, refusals, cache, () => this.drawSoon(run));
    this.current = { request, run, refusals };
    this.setContext(contextKeys.searchShown, true);
    void vscode.commands.executeCommand(`${views.searchResults}.focus`, { preserveFocus: true });
    await this.resume();
  }

  /** Goes on with what is left. Resolves when the search rests. */
  async resume(): Promise<void> {
    const run = this.current?.run;
    if (run === undefined) {
      return;
    }
    this.setContext(contextKeys.searchRunning, true);
    try {
      await vscode.window.withProgress(
        { location: { viewId: views.searchResults } },
        async () => await run.resume(),
      );
    } finally {
      if (this.current?.run === run) {
        this.setContext(contextKeys.searchRunning, false);
        this.draw();
        this.tellCacheProblem(run);
      }
    }
  }

  /** The same search once more. */
  async again(): Promise<void> {
    if (this.current !== undefined) {
      await this.start(this.current.request, this.current.refusals);
    }
  }

  stop(): void {
    this.current?.run.stop();
  }

  clear(): void {
    this.stop();
    this.current = undefined;
    this.drawing?.dispose();
    this.drawing = undefined;
    this.tree.reset();
    this.setContext(contextKeys.searchRunning, false);
    this.setContext(contextKeys.searchShown, false);
  }

  /** Shows more of what was found; false where there is no more than is shown. */
  more(node: unknown): boolean {
    return this.tree.more(node);
  }

  dispose(): void {
    this.current?.run.stop();
    this.drawing?.dispose();
    this.owned.dispose();
  }

  private makeRun(
    request: SearchRequest,
    refusals: Refusals,
    cache: DiskCache | undefined,
    onChange: () => void,
  ): SearchRun {
    const { shell } = this.services;
    const { connection, filter, text, matchCase, wholeWord } = request;
    const client = shell.clients.for(connection);
    let signal: AbortSignal | undefined;
    const sessions = new FilteredSessions({
      list: async (options) => await client.listSessions({ ...options, signal }),
      filter: () => filter,
      refusals,
      clock: shell.clock,
      limit: PAGE_SIZE,
    });
    return new SearchRun({
      query: { text, matchCase, wholeWord },
      listPage: async (cursor, ending) => {
        signal = ending;
        return await sessions.fetch(cursor);
      },
      isWanted: (session) => sessions.passes(session),
      client,
      words: findWords(pageStrings(shell.l10n)),
      cutKeys: (said) => shell.redactor.cutKeys(said),
      cache: cache?.for(cacheScope(connection)),
      clock: shell.clock,
      onChange,
    });
  }

  private drawSoon(run: SearchRun): void {
    if (this.current?.run === run) {
      this.drawing ??= this.services.shell.clock.after(DRAW_EVERY_MS, () => this.draw());
    }
  }

  private draw(): void {
    this.drawing?.dispose();
    this.drawing = undefined;
    if (this.current === undefined) {
      return;
    }
    const { l10n, clock } = this.services.shell;
    const { request, run, refusals } = this.current;
    const { state } = run;
    const phase = phaseText(state.phase, clock.now(), l10n);
    this.view.description = `“${visible(request.text, 60)}”`;
    this.view.message = [progressText(state, l10n), ...(phase === undefined ? [] : [phase])].join(' · ');
    const lacksArchived = request.filter.showsArchived && refusals.has('archived');
    this.tree.show(state.results, [...notesOf(state, lacksArchived, l10n), ...this.failures()]);
  }

  /** Why the search ended before its end, and which sessions could not be read. */
  private failures(): readonly SearchNote[] {
    const { l10n } = this.services.shell;
    const state = this.current?.run.state;
    if (state === undefined || state.phase.kind === 'running' || state.phase.kind === 'waiting') {
      return [];
    }
    const notes: SearchNote[] = [];
    if (state.phase.kind === 'failed') {
      const why = this.explain(state.phase.error);
      notes.push({ key: 'failed', icon: 'error', label: why.title, tooltip: why.text, goesOn: true });
    }
    const [first] = state.unread;
    if (first !== undefined) {
      notes.push({
        key: 'unread',
        icon: 'error',
        label: l10n.t('Could not be read: {count}. Try again', { count: state.unread.length }),
        tooltip: [
          this.explain(first.error).text,
          ...state.unread.slice(0, 10).map(({ session }) => visible(session.title ?? session.id, 80)),
        ].join('\n'),
        goesOn: true,
      });
    }
    return notes;
  }

  private explain(error: unknown): { readonly title: string; readonly text: string } {
    const { l10n, redactor } = this.services.shell;
    const connection = this.current?.request.connection;
    const known = ApiError.is(error) ? error : new ApiError('network', { cause: error });
    const where = { connection: connection?.name ?? '', origin: connection?.origin ?? '' };
    const { title, why, next } = describeError(known, where, l10n);
    return {
      title: redactor.redact(title),
      text: redactor.redact([sentences(title, why, next), l10n.t('Choose this to go on.')].join('\n\n')),
    };
  }

  private tellCacheProblem(run: SearchRun): void {
    const { l10n, notify, log } = this.services.shell;
    const { cacheProblem } = run.state;
    if (cacheProblem !== undefined) {
      log.warn(`the search cache could not be written: ${cacheProblem}`);
      notify.warn(
        cacheProblem === 'full'
          ? l10n.t(
              'The disk is full, so what was read is not kept for the next search. This search is complete all the same.',
            )
          : l10n.t(
              'What was read could not be written to the search cache. This search is complete all the same.',
            ),
        {
          title: l10n.t('Delete Search Cache'),
          run: () => void vscode.commands.executeCommand(commands.deleteSearchCache),
        },
      );
    }
  }

  private setContext(key: string, value: boolean): void {
    void vscode.commands.executeCommand('setContext', key, value);
  }
}
