import * as vscode from 'vscode';
import type { L10n } from '../../l10n.ts';
import { HITS_HELD, type SessionHit } from '../../sessionSearch/searchRows.ts';
import type { SessionResult } from '../../sessionSearch/searchState.ts';
import { moment } from '../../text/age.ts';
import { visible, withoutIcons } from '../../text/visible.ts';
import { commands } from '../ids.ts';
import { hitsText, type SearchNote } from './searchText.ts';

/** A row of the results. */
export interface ResultNode {
  readonly parent: ResultNode | undefined;
  item(): vscode.TreeItem;
}

/** So many rows are shown at once; the next ones on demand. */
export const HITS_SHOWN = 10;

/** A session with what was found in it. */
export class SessionResultNode implements ResultNode {
  readonly parent = undefined;
  readonly result: SessionResult;
  /** How many hits are shown. */
  readonly shown: number;
  private readonly isOpen: boolean;
  private readonly l10n: L10n;

  constructor(result: SessionResult, shown: number, isOpen: boolean, l10n: L10n) {
    this.result = result;
    this.shown = shown;
    this.isOpen = isOpen;
    this.l10n = l10n;
  }

  item(): vscode.TreeItem {
    const { session, total, shortfall } = this.result;
    const { l10n } = this;
    const title = visible(session.title ?? session.id);
    const count = hitsText(total, l10n);
    const state = this.isOpen
      ? vscode.TreeItemCollapsibleState.Expanded
      : vscode.TreeItemCollapsibleState.Collapsed;
    const item = new vscode.TreeItem(title, state);
    item.id = `session/${session.id}`;
    const facts = [count, ...(session.archivedAt === undefined ? [] : [l10n.t('archived')])];
    item.description = facts.join(' · ');
    item.iconPath = new vscode.ThemeIcon(shortfall === undefined ? 'comment-discussion' : 'warning');
    item.tooltip = [title, visible(session.id), ...facts].join('\n');
    item.contextValue = 'searchSession';
    item.accessibilityInformation = { label: `${title}, ${facts.join(', ')}` };
    return item;
  }

  children(): readonly ResultNode[] {
    const { hits, total } = this.result;
    const shown = hits.slice(0, this.shown).map((hit, index) => new HitNode(this, hit, index, this.l10n));
    const left = total - shown.length;
    return left > 0 ? [...shown, new MoreHitsNode(this, left, this.l10n)] : shown;
  }
}

const icons: Readonly<Record<SessionHit['kind'], string>> = {
  userMessage: 'account',
  agentMessage: 'hubot',
  thinking: 'lightbulb',
  tool: 'tools',
  notice: 'info',
  raw: 'json',
};

/** A match, on one line with what stands around it. */
export class HitNode implements ResultNode {
  readonly parent: SessionResultNode;
  readonly hit: SessionHit;
  private readonly index: number;
  private readonly l10n: L10n;

  constructor(parent: SessionResultNode, hit: SessionHit, index: number, l10n: L10n) {
    this.parent = parent;
    this.hit = hit;
    this.index = index;
    this.l10n = l10n;
  }

  item(): vscode.TreeItem {
    const { key, kind, at, before, match, after } = this.hit;
    const head = fit(before);
    const found = fit(match);
    const item = new vscode.TreeItem({
      label: `${head}${found}${fit(after)}`,
      highlights: [[head.length, head.length + found.length]],
    });
    const who = this.who();
    const when = at === undefined ? undefined : moment(at, vscode.env.language);
    item.id = `hit/${this.parent.result.session.id}/${key}/${String(this.index)}`;
    item.description = who;
    item.iconPath = new vscode.ThemeIcon(icons[kind]);
    item.tooltip = [
      `${head}${found}${fit(after)}`,
      [who, ...(when === undefined ? [] : [when])].join(' · '),
    ].join('\n\n');
    item.contextValue = 'searchHit';
    item.accessibilityInformation = { label: `${who}: ${head}${found}${fit(after)}` };
    item.command = { title: this.l10n.t('Open'), command: commands.openSearchHit, arguments: [this] };
    return item;
  }

  /** Whose words they are. */
  private who(): string {
    const { kind, name, part } = this.hit;
    const { l10n } = this;
    switch (kind) {
      case 'userMessage':
        return l10n.t('You');
      case 'agentMessage':
        return l10n.t('Agent');
      case 'thinking':
        return l10n.t('Thought');
      case 'tool':
        return part === 'result'
          ? l10n.t('{tool}, output', { tool: visible(name ?? '', 40) })
          : l10n.t('{tool}, input', { tool: visible(name ?? '', 40) });
      case 'notice':
        return l10n.t('Event');
      case 'raw':
        return visible(name ?? l10n.t('Event'), 40);
    }
  }
}

/** The hits of a session that are not shown, or not held. */
export class MoreHitsNode implements ResultNode {
  readonly parent: SessionResultNode;
  private readonly left: number;
  private readonly l10n: L10n;

  constructor(parent: SessionResultNode, left: number, l10n: L10n) {
    this.parent = parent;
    this.left = left;
    this.l10n = l10n;
  }

  /** False where the others can only be looked for in the session itself. */
  get isHeld(): boolean {
    return this.parent.shown < this.parent.result.hits.length;
  }

  item(): vscode.TreeItem {
    const { l10n, left, isHeld } = this;
    const item = new vscode.TreeItem(
      isHeld
        ? l10n.t('More ({count})', { count: left })
        : l10n.t('{count} more in the session', { count: left }),
    );
    item.id = `more/${this.parent.result.session.id}`;
    item.iconPath = new vscode.ThemeIcon(isHeld ? 'ellipsis' : 'link-external');
    item.tooltip = isHeld
      ? l10n.t('Shows the next hits of this session.')
      : l10n.t(
          'Only the first {count} hits of a session are listed. Opens the session, where its find bar has all.',
          {
            count: HITS_HELD,
          },
        );
    item.contextValue = 'searchMore';
    item.command = { title: l10n.t('More'), command: commands.moreSearchHits, arguments: [this] };
    return item;
  }
}

/** The sessions with hits that are not shown. */
export class MoreSessionsNode implements ResultNode {
  readonly parent = undefined;
  private readonly left: number;
  private readonly l10n: L10n;

  constructor(left: number, l10n: L10n) {
    this.left = left;
    this.l10n = l10n;
  }

  item(): vscode.TreeItem {
    const { l10n } = this;
    const item = new vscode.TreeItem(l10n.t('More sessions ({count})', { count: this.left }));
    item.id = 'more';
    item.iconPath = new vscode.ThemeIcon('ellipsis');
    item.contextValue = 'searchMore';
    item.command = { title: l10n.t('More'), command: commands.moreSearchHits, arguments: [this] };
    return item;
  }
}

/** Something about the search itself. */
export class NoteNode implements ResultNode {
  readonly parent = undefined;
  private readonly note: SearchNote;

  constructor(note: SearchNote) {
    this.note = note;
  }

  item(): vscode.TreeItem {
    const { key, icon, label, tooltip, goesOn } = this.note;
    const item = new vscode.TreeItem(label);
    item.id = `note/${key}`;
    item.iconPath = new vscode.ThemeIcon(icon);
    item.tooltip = tooltip ?? label;
    item.contextValue = 'searchNote';
    if (goesOn === true) {
      item.command = { title: label, command: commands.resumeSearch };
    }
    return item;
  }
}

/** One line without anything hidden, its blanks at the ends kept: it stands beside another part of the line. */
function fit(text: string): string {
  const shown = withoutIcons(visible(text));
  return `${/^\s/.test(text) ? ' ' : ''}${shown}${/\s$/.test(text) && shown !== '' ? ' ' : ''}`;
}
