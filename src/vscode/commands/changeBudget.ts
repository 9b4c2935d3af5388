import { budgetBody, budgetOf, dollars, hasBudget, parseDollars, spentOf } from '../../edit/budget.ts';
import type { Session } from '../../api/resources/session.ts';
import type { L10n } from '../../l10n.ts';
import { askChoice, type Choice } from '../input/askChoice.ts';
import type { CommandContext } from './commandContext.ts';
import { errorText, isWorthAnotherTry } from './errorText.ts';
import { showInTree } from './objectRef.ts';
import { sessionRef } from './sessionRef.ts';

/** Raises, lowers or lifts what a session may cost. Only a session that was created with a budget has one. */
export async function changeBudget(context: CommandContext, argument?: unknown): Promise<void> {
  const { shell } = context;
  const { l10n, clients, notify, sessions } = shell;
  const title = l10n.t('Change Budget');
  const ref = await sessionRef(context, argument, title);
  if (ref === undefined) {
    return;
  }
  const { connection } = ref;
  const client = clients.for(connection);
  const session = await client.getSession(ref.sessionId);
  if (!hasBudget(session.raw)) {
    notify.warn(l10n.t('This session was created without a budget, and cannot be given one later.'));
    return;
  }
  let problem: string | undefined;
  let typed = '';
  for (;;) {
    const answer = await askChoice<number | 'none'>(
      { title, problem },
      {
        placeholder: placeholder(session, l10n),
        choices: choices(session, l10n),
        typed,
        freeText: (text) => amountChoice(text, session, l10n),
      },
    );
    if (answer.kind !== 'value') {
      return;
    }
    const { value } = answer;
    if (value !== 'none' && !isEnough(value, session)) {
      typed = (value / 100).toFixed(2);
      problem = l10n.t('The budget must be above what was spent already.');
      continue;
    }
    try {
      const budget = value === 'none' ? null : budgetBody(value);
      const item = await client.updateSession(ref.sessionId, { budget });
      showInTree(context, { kind: 'sessions', connection, item });
      sessions.refresh(connection.id);
      notify.info(
        value === 'none'
          ? l10n.t('The session has no budget any more.')
          : l10n.t('The budget is {amount} now.', { amount: dollars(value) }),
      );
      return;
    } catch (error) {
      if (!isWorthAnotherTry(error)) {
        throw error;
      }
      typed = value === 'none' ? '' : (value / 100).toFixed(2);
      problem = errorText(shell, error, connection);
    }
  }
}

function placeholder({ raw }: Session, l10n: L10n): string {
  const budget = budgetOf(raw);
  const spent = spentOf(raw);
  const now = budget === undefined ? '?' : dollars(budget);
  return spent === undefined
    ? l10n.t('Now {budget}. Choose or type the new amount in US dollars', { budget: now })
    : l10n.t('Now {budget}, of which {spent} is spent. Choose or type the new amount in US dollars', {
        budget: now,
        spent: dollars(spent),
      });
}

function choices({ raw }: Session, l10n: L10n): readonly Choice<number | 'none'>[] {
  const now = budgetOf(raw) ?? 0;
  const amounts = [...new Set([now + 500, now * 2])].filter((cents) => cents > now);
  return [
    ...amounts.map((cents) => ({ label: dollars(cents), icon: 'arrow-up', value: cents })),
    { label: l10n.t('No budget any more'), icon: 'circle-slash', value: 'none' as const },
  ];
}

function amountChoice(text: string, session: Session, l10n: L10n): Choice<number | 'none'> | undefined {
  const cents = parseDollars(text);
  if (cents === undefined) {
    return undefined;
  }
  return {
    label: l10n.t('Set to {amount}', { amount: dollars(cents) }),
    description: isEnough(cents, session) ? undefined : l10n.t('not above what was spent'),
    icon: 'edit',
    value: cents,
  };
}

/** A cap must lie above what was consumed (API reference, update of a session). */
function isEnough(cents: number, { raw }: Session): boolean {
  return cents > (spentOf(raw) ?? 0);
}
