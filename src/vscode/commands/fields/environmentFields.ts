import {
  hostsProblem,
  isSelfHosted,
  type Networking,
  packageManagers,
  readNetworking,
  readPackages,
  withNetworking,
  withPackages,
  wordList,
} from '../../../edit/environmentConfig.ts';
import type { L10n } from '../../../l10n.ts';
import type { JsonObject } from '../../../util/json.ts';
import type { Answer, Frame } from '../../input/answer.ts';
import { askChoice, type Choice } from '../../input/askChoice.ts';
import type { EditField } from '../../input/askFields.ts';
import { askText } from '../../input/askText.ts';
import { descriptionField, metadataField, nameField } from './textFields.ts';

/** What can be changed on an environment; one on the user's own machines has neither network nor packages to set. */
export function environmentFields(environment: JsonObject, l10n: L10n): readonly EditField[] {
  const cloud = isSelfHosted(environment) ? [] : [networkingField(l10n), packagesField(l10n)];
  return [nameField(l10n), descriptionField(l10n), ...cloud, metadataField(l10n)];
}

function networkingField(l10n: L10n): EditField {
  return {
    name: 'config',
    label: l10n.t('Network'),
    icon: 'globe',
    describe: (environment) => networkingText(readNetworking(environment), l10n),
    ask: async (frame, environment) => {
      const answer = await askNetworking(frame, readNetworking(environment), l10n);
      return answer.kind === 'value'
        ? { kind: 'value', value: withNetworking(environment, answer.value) }
        : answer;
    },
  };
}

function networkingText({ kind, hosts, mcpServers, packageManagers }: Networking, l10n: L10n): string {
  if (kind === 'unrestricted') {
    return l10n.t('open');
  }
  const parts = [
    ...hosts,
    ...(mcpServers ? [l10n.t('MCP servers')] : []),
    ...(packageManagers ? [l10n.t('package registries')] : []),
  ];
  return parts.length === 0 ? l10n.t('nothing') : l10n.t('limited: {what}', { what: parts.join(', ') });
}

type Row = 'done' | 'kind' | 'hosts' | 'mcpServers' | 'packageManagers';

async function askNetworking(frame: Frame, before: Networking, l10n: L10n): Promise<Answer<Networking>> {
  let networking = before;
  for (;;) {
    const answer = await askChoice<Row>(frame, {
      placeholder: l10n.t('What sessions in this environment may reach'),
      choices: networkingRows(networking, l10n),
      selected: (row) => row === (networking === before ? 'kind' : 'done'),
    });
    if (answer.kind === 'cancelled') {
      return answer;
    }
    if (answer.kind === 'back') {
      return networking === before ? answer : { kind: 'value', value: networking };
    }
    switch (answer.value) {
      case 'done':
        return { kind: 'value', value: networking };
      case 'kind':
        networking = {
          ...networking,
          kind: networking.kind === 'limited' ? 'unrestricted' : 'limited',
        };
        break;
      case 'mcpServers':
        networking = { ...networking, mcpServers: !networking.mcpServers };
        break;
      case 'packageManagers':
        networking = { ...networking, packageManagers: !networking.packageManagers };
        break;
      case 'hosts': {
        const hosts = await askText(
          { title: frame.title, canGoBack: true },
          {
            prompt: l10n.t('Host names, separated by commas'),
            placeholder: 'api.example.com, docs.example.com',
            value: networking.hosts.join(', '),
            validate: (text) => hostsProblem(text, l10n),
          },
        );
        if (hosts.kind === 'cancelled') {
          return hosts;
        }
        networking = hosts.kind === 'value' ? { ...networking, hosts: wordList(hosts.value) } : networking;
        break;
      }
    }
  }
}

function networkingRows(networking: Networking, l10n: L10n): readonly Choice<Row>[] {
  const { kind, hosts, mcpServers, packageManagers } = networking;
  const done: Choice<Row> = { label: l10n.t('Done'), icon: 'check', value: 'done' };
  if (kind === 'unrestricted') {
    return [
      done,
      {
        label: l10n.t('Limit it…'),
        detail: l10n.t('Now every host on the internet can be reached'),
        icon: 'lock',
        value: 'kind',
      },
    ];
  }
  const mark = (isOn: boolean) => (isOn ? 'pass-filled' : 'circle-large-outline');
  const state = (isOn: boolean) => (isOn ? l10n.t('allowed') : l10n.t('not allowed'));
  return [
    done,
    { label: l10n.t('Open it to every host'), icon: 'globe', value: 'kind' },
    {
      label: l10n.t('Hosts…'),
      description: hosts.length === 0 ? l10n.t('none') : hosts.join(', '),
      icon: 'list-unordered',
      value: 'hosts',
    },
    {
      label: l10n.t('MCP servers'),
      description: state(mcpServers),
      icon: mark(mcpServers),
      value: 'mcpServers',
    },
    {
      label: l10n.t('Package registries'),
      description: state(packageManagers),
      icon: mark(packageManagers),
      value: 'packageManagers',
    },
  ];
}

function packagesField(l10n: L10n): EditField {
  return {
    name: 'config',
    label: l10n.t('Packages'),
    icon: 'package',
    describe: (environment) => {
      const parts = packageManagers.flatMap((manager) => {
        const names = readPackages(environment, manager);
        return names.length === 0 ? [] : [`${manager}: ${names.join(' ')}`];
      });
      return parts.length === 0 ? l10n.t('none') : parts.join(', ');
    },
    ask: async (frame, environment) => await askPackages(frame, environment, l10n),
  };
}

async function askPackages(frame: Frame, environment: JsonObject, l10n: L10n): Promise<Answer<JsonObject>> {
  let changed = environment;
  for (;;) {
    const answer = await askChoice<string>(frame, {
      placeholder: l10n.t('Packages that are installed before a session begins'),
      choices: [
        { label: l10n.t('Done'), icon: 'check', value: 'done' },
        ...packageManagers.map((manager) => ({
          label: manager,
          description: readPackages(changed, manager).join(', '),
          icon: 'package',
          value: manager,
        })),
      ],
    });
    if (answer.kind === 'cancelled') {
      return answer;
    }
    if (answer.kind === 'back' || answer.value === 'done') {
      return { kind: 'value', value: changed };
    }
    const manager = answer.value;
    const names = await askText(
      { title: frame.title, canGoBack: true },
      {
        prompt: l10n.t('Packages for {manager}, separated by commas; empty for none', { manager }),
        value: readPackages(changed, manager).join(', '),
      },
    );
    if (names.kind === 'cancelled') {
      return names;
    }
    changed = names.kind === 'value' ? withPackages(changed, manager, wordList(names.value)) : changed;
  }
}
