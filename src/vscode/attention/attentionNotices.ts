import * as vscode from 'vscode';
import { randomUUID } from 'node:crypto';
import type { NoticeKind } from '../../browse/activity.ts';
import { attentionKey } from '../../browse/attention.ts';
import { type Notice, NoticeGatherer, type NoticePolicy } from '../../browse/noticeGatherer.ts';
import { NoticeLock } from '../../browse/noticeLock.ts';
import { noticeText } from '../../text/attentionText.ts';
import { visible, withoutLinks } from '../../text/visible.ts';
import type { Disposable } from '../../util/disposable.ts';
import { settings } from '../ids.ts';
import { askChoice } from '../input/askChoice.ts';
import type { LazyPanels } from '../panel/lazyPanels.ts';
import type { Shell } from '../shell.ts';

type Button = 'open' | 'review' | 'mute';

/** Tells the user, where the settings want it, that a session needs them, has finished or has failed. */
export class AttentionNotices implements Disposable {
  private readonly shell: Shell;
  private readonly panels: Pick<LazyPanels, 'open' | 'isInView'>;
  private readonly gatherer: NoticeGatherer;

  constructor(shell: Shell, panels: Pick<LazyPanels, 'open' | 'isInView'>) {
    this.shell = shell;
    this.panels = panels;
    const lock = new NoticeLock({ memory: shell.globalState, clock: shell.clock, owner: randomUUID() });
    this.gatherer = new NoticeGatherer({
      attention: shell.attention,
      clock: shell.clock,
      policy,
      isFocused: () => vscode.window.state.focused,
      isInView: ({ connection, sessionId }) => panels.isInView(connection, sessionId),
      claim: async (notices) => {
        const own = await lock.claim(notices.map(claimKey));
        return notices.filter((notice) => own.has(claimKey(notice)));
      },
      show: (notices) => {
        this.show(notices).catch((error: unknown) => {
          void shell.notify.error(error, { connection: shell.connections.active });
        });
      },
    });
  }

  dispose(): void {
    this.gatherer.dispose();
  }

  private async show(notices: readonly Notice[]): Promise<void> {
    const { l10n, redactor } = this.shell;
    const waiting = notices.filter(({ kind }) => kind === 'needsYou');
    const buttons: { readonly title: string; readonly button: Button }[] = [
      { title: l10n.t('Open'), button: 'open' },
      ...(waiting.length > 0 ? [{ title: l10n.t('Review'), button: 'review' } as const] : []),
      { title: l10n.t('Mute'), button: 'mute' },
    ];
    const text = withoutLinks(redactor.redact(noticeText(notices, l10n)));
    const hasFailed = notices.some(({ kind }) => kind === 'failed');
    const pressed = hasFailed
      ? await vscode.window.showWarningMessage(text, ...buttons)
      : await vscode.window.showInformationMessage(text, ...buttons);
    switch (pressed?.button) {
      case 'open':
        await this.open(notices, false);
        break;
      case 'review':
        await this.open(waiting, true);
        break;
      case 'mute':
        notices.forEach((notice) => this.gatherer.mute(notice));
        break;
      default:
        break;
    }
  }

  private async open(notices: readonly Notice[], isReview: boolean): Promise<void> {
    const notice = notices.length === 1 ? notices[0] : await this.choose(notices);
    if (notice !== undefined) {
      const { connection, sessionId, title } = notice;
      await this.panels.open(connection, sessionId, {
        ...(title !== undefined && { title }),
        ...(isReview && { reveal: 'waiting' }),
      });
    }
  }

  private async choose(notices: readonly Notice[]): Promise<Notice | undefined> {
    const { l10n } = this.shell;
    const answer = await askChoice<Notice>(
      { title: l10n.t('Open Session') },
      {
        placeholder: l10n.t('Choose a session'),
        choices: notices.map((notice) => ({
          label: visible(notice.title ?? notice.sessionId),
          description: visible(notice.connection.name),
          icon: icons[notice.kind],
          value: notice,
        })),
      },
    );
    return answer.kind === 'value' ? answer.value : undefined;
  }
}

const icons: Record<NoticeKind, string> = { needsYou: 'bell-dot', finished: 'pass', failed: 'error' };

const ids = {
  needsYou: settings.notifyNeedsYou,
  finished: settings.notifyFinished,
  failed: settings.notifyFailed,
} as const satisfies Record<NoticeKind, string>;

function policy(kind: NoticeKind): NoticePolicy {
  const value = vscode.workspace.getConfiguration().get<unknown>(ids[kind]);
  return value === 'always' || value === 'whenUnfocused' ? value : 'never';
}

function claimKey({ kind, connection, sessionId }: Notice): string {
  return JSON.stringify([kind, attentionKey(connection, sessionId)]);
}
