import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { keyVariableOf } from '../../api/environmentKey.ts';
import { askChoice } from '../input/askChoice.ts';
import { walkthroughId } from '../ids.ts';
import { visibleLink } from '../panel/visibleLink.ts';
import type { CommandContext } from './commandContext.ts';
import { connectionOf } from './targets.ts';

const pages = {
  synth: 'https://docs.usesynth.ai',
  anthropic: 'https://platform.claude.com/docs/en/managed-agents/overview',
} as const;

/** Opens the documentation of the server that one works with; of an own server, the one it takes after. */
export async function openDocumentation(context: CommandContext, argument?: unknown): Promise<void> {
  const page = pageOf(connectionOf(context, argument)) ?? (await askPage(context));
  // The same check as for any link, so that an address that is changed one day cannot open anything else.
  const link = page === undefined ? undefined : visibleLink(page);
  if (link !== undefined) {
    await vscode.env.openExternal(vscode.Uri.parse(link.href, true));
  }
}

/** Opens the walkthrough. */
export async function getStarted(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthroughId, false);
}

/** Shows the log. */
export function showLog({ shell }: CommandContext): void {
  shell.log.show();
}

function pageOf(connection: Connection): string | undefined {
  switch (keyVariableOf(connection)) {
    case 'SYNTH_API_KEY':
      return pages.synth;
    case 'ANTHROPIC_API_KEY':
      return pages.anthropic;
    case undefined:
      return undefined;
  }
}

async function askPage({ shell }: CommandContext): Promise<string | undefined> {
  const { l10n } = shell;
  const answer = await askChoice<string>(
    { title: l10n.t('Open Documentation') },
    {
      placeholder: l10n.t('This server has no page that is known here. Open that of a server it takes after'),
      choices: [
        { label: 'Synth', description: new URL(pages.synth).host, icon: 'book', value: pages.synth },
        {
          label: 'Anthropic',
          description: new URL(pages.anthropic).host,
          icon: 'book',
          value: pages.anthropic,
        },
      ],
    },
  );
  return answer.kind === 'value' ? answer.value : undefined;
}
