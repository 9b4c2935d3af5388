import {
  mayAddServer,
  readServers,
  serverNameProblem,
  serverUrlProblem,
  withoutServer,
  withServer,
} from '../../../edit/mcpServers.ts';
import type { L10n } from '../../../l10n.ts';
import { visible } from '../../../text/visible.ts';
import { asText, field, type JsonObject } from '../../../util/json.ts';
import type { Answer, Frame } from '../../input/answer.ts';
import { askChoice, type Choice } from '../../input/askChoice.ts';
import type { EditField } from '../../input/askFields.ts';
import { askText } from '../../input/askText.ts';

/** The MCP servers of an agent: added with name and address, and removed. */
export function mcpServersField(l10n: L10n): EditField {
  return {
    name: 'mcp_servers',
    label: l10n.t('MCP servers'),
    icon: 'server',
    describe: (agent) => {
      const names = readServers(agent).map((server) => asText(field(server, 'name')) ?? '?');
      return names.length === 0 ? l10n.t('none') : names.join(', ');
    },
    ask: async (frame, agent) => await askServers(frame, agent, l10n),
  };
}

type Row = 'done' | 'add' | { readonly remove: string };

async function askServers(frame: Frame, agent: JsonObject, l10n: L10n): Promise<Answer<JsonObject>> {
  let changed = agent;
  for (;;) {
    const rows: Choice<Row>[] = readServers(changed).map((server) => {
      const name = asText(field(server, 'name')) ?? '';
      const url = asText(field(server, 'url')) ?? '';
      return {
        label: l10n.t('Remove {name}', { name: visible(name) }),
        description: visible(url),
        icon: 'trash',
        value: { remove: name },
      };
    });
    const answer = await askChoice<Row>(frame, {
      placeholder: l10n.t('MCP servers that give the agent more tools; each of them asks first'),
      choices: [
        { label: l10n.t('Done'), icon: 'check', value: 'done' },
        ...(mayAddServer(changed)
          ? [{ label: l10n.t('Add a server…'), icon: 'add', value: 'add' as const }]
          : []),
        ...rows,
      ],
      selected: (row) => row === (changed === agent ? 'add' : 'done'),
    });
    if (answer.kind === 'cancelled') {
      return answer;
    }
    if (answer.kind === 'back' || answer.value === 'done') {
      return { kind: 'value', value: changed };
    }
    if (answer.value === 'add') {
      const added = await addServer(frame, changed, l10n);
      if (added.kind === 'cancelled') {
        return added;
      }
      changed = added.kind === 'value' ? added.value : changed;
    } else {
      changed = withoutServer(changed, answer.value.remove);
    }
  }
}

async function addServer({ title }: Frame, agent: JsonObject, l10n: L10n): Promise<Answer<JsonObject>> {
  const frame = { title, canGoBack: true };
  const name = await askText(frame, {
    prompt: l10n.t('A name for the server'),
    validate: (text) => serverNameProblem(text, agent, l10n),
  });
  if (name.kind !== 'value') {
    return name;
  }
  const url = await askText(frame, {
    prompt: l10n.t('The address of the server'),
    placeholder: 'https://mcp.example.com/mcp',
    validate: (text) => serverUrlProblem(text, l10n),
  });
  return url.kind === 'value' ? { kind: 'value', value: withServer(agent, name.value, url.value) } : url;
}
