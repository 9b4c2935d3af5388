import * as vscode from 'vscode';
import { countsText } from '../../text/attentionText.ts';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import { commands } from '../ids.ts';
import type { Shell } from '../shell.ts';

/** The one item of the status bar: how many sessions run, and how many need the user. Not there at zero. */
export class AttentionBar implements Disposable {
  private readonly shell: Pick<Shell, 'attention' | 'l10n' | 'clock'>;
  private readonly owned = new DisposableStore();
  private item: vscode.StatusBarItem | undefined;
  private timer: Disposable | undefined;

  constructor(shell: Pick<Shell, 'attention' | 'l10n' | 'clock'>) {
    this.shell = shell;
    this.owned.add(shell.attention.onDidChange(() => this.draw()));
  }

  /** What it says; undefined while it is not there. */
  get text(): string | undefined {
    return this.item?.text;
  }

  dispose(): void {
    this.timer?.dispose();
    this.item?.dispose();
    this.owned.dispose();
  }

  private draw(): void {
    const { attention, l10n } = this.shell;
    const text = countsText(attention.counts(), l10n);
    this.drawAgainWhenStale();
    if (text === '') {
      this.item?.dispose();
      this.item = undefined;
      return;
    }
    this.item ??= this.makeItem();
    this.item.text = `$(pulse) ${text}`;
    this.item.accessibilityInformation = { label: l10n.t('Managed Agents: {counts}', { counts: text }) };
    this.item.show();
  }

  private makeItem(): vscode.StatusBarItem {
    const { l10n } = this.shell;
    const item = vscode.window.createStatusBarItem('managedAgents.attention', vscode.StatusBarAlignment.Left);
    item.name = l10n.t('Managed Agents');
    item.tooltip = l10n.t('Show the sessions that run or need you');
    item.command = commands.showActiveSessions;
    return item;
  }

  private drawAgainWhenStale(): void {
    const { attention, clock } = this.shell;
    this.timer?.dispose();
    const at = attention.nextStaleAt;
    this.timer =
      at === undefined ? undefined : clock.after(Math.max(0, at - clock.now()) + 1, () => this.draw());
  }
}
