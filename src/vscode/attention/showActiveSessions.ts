import * as vscode from 'vscode';
import type { Seen } from '../../browse/attention.ts';
import { activityText } from '../../text/attentionText.ts';
import { visible, withoutIcons } from '../../text/visible.ts';
import { DisposableStore } from '../../util/disposable.ts';
import type { CommandContext } from '../commands/commandContext.ts';

interface SessionPick extends vscode.QuickPickItem {
  readonly seen: Seen;
}

/** Offers the sessions that need the user, then those that run. Enter opens one; its button goes to what waits. */
export function showActiveSessions(context: CommandContext): void {
  const { attention, l10n, notify } = context.shell;
  if (attention.active().length === 0) {
    notify.info(l10n.t('No session runs or waits for you, as far as this window has looked.'));
    return;
  }
  const owned = new DisposableStore();
  const pick = owned.add(vscode.window.createQuickPick<SessionPick>());
  pick.title = l10n.t('Running and Waiting Sessions');
  pick.placeholder = l10n.t('Choose a session to open');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const review: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('checklist'),
    tooltip: l10n.t('Review what waits for you'),
  };
  const open = ({ connection, sessionId, title }: Seen, isReview: boolean) => {
    pick.hide();
    context
      .openSession(connection, sessionId, {
        ...(title !== undefined && { title }),
        ...(isReview && { reveal: 'waiting' }),
      })
      .catch((error: unknown) => void notify.error(error, { connection }));
  };
  const draw = () => {
    const chosen = pick.activeItems[0]?.seen;
    pick.items = attention.active().map((seen) => toItem(seen, context, review));
    const again = pick.items.find(
      ({ seen }) => seen.sessionId === chosen?.sessionId && seen.connection.id === chosen.connection.id,
    );
    if (again !== undefined) {
      pick.activeItems = [again];
    }
  };
  draw();
  owned.add(attention.onDidChange(draw));
  owned.add(
    pick.onDidAccept(() => {
      const seen = pick.selectedItems[0]?.seen;
      if (seen !== undefined) {
        open(seen, false);
      }
    }),
  );
  owned.add(pick.onDidTriggerItemButton(({ item }) => open(item.seen, true)));
  owned.add(pick.onDidHide(() => owned.dispose()));
  pick.show();
}

function toItem(seen: Seen, { shell }: CommandContext, review: vscode.QuickInputButton): SessionPick {
  const { l10n } = shell;
  const needsYou = seen.activity === 'needsYou';
  const label = withoutIcons(visible(seen.title ?? seen.sessionId));
  return {
    label: `$(${needsYou ? 'bell-dot' : 'play-circle'}) ${label}`,
    description: activityText(needsYou ? 'needsYou' : 'running', l10n),
    detail: withoutIcons(visible(seen.connection.name)),
    buttons: needsYou ? [review] : [],
    seen,
  };
}
