import assert from 'node:assert/strict';
import type { Connection } from '../../../src/api/connection.ts';
import type { Presence } from '../../../src/contract/contractReport.ts';
import { budgetBody, budgetOf, dollars, hasBudget, parseDollars, spentOf } from '../../../src/edit/budget.ts';
import {
  hostsProblem,
  isSelfHosted,
  readNetworking,
  readPackages,
  withNetworking,
  withPackages,
  wordList,
} from '../../../src/edit/environmentConfig.ts';
import {
  filesOf,
  firstMessage,
  repositoryOf,
  repositoryProblem,
  takenExtra,
  withFiles,
  withFirstMessage,
  withRepository,
} from '../../../src/edit/sessionBody.ts';
import { plainL10n } from '../../../src/l10n.ts';
import type { JsonObject } from '../../../src/util/json.ts';

describe('the config of an environment', () => {
  it('is limited and opened, and keeps what is unknown', () => {
    const before: JsonObject = { name: 'n', config: { type: 'cloud', region: 'here' } };
    const limited = withNetworking(before, {
      kind: 'limited',
      hosts: ['a.example'],
      mcpServers: true,
      packageManagers: false,
    });
    assert.deepEqual(limited['config'], {
      type: 'cloud',
      region: 'here',
      networking: {
        type: 'limited',
        allowed_hosts: ['a.example'],
        allow_mcp_servers: true,
        allow_package_managers: false,
      },
    });
    const open = withNetworking(limited, { ...readNetworking(limited), kind: 'unrestricted' });
    assert.equal(readNetworking(open).kind, 'unrestricted');
  });

  it('has packages per manager', () => {
    const changed = withPackages(
      withPackages({ config: { packages: { type: 'packages', pip: ['x'] } } }, 'npm', ['tsx']),
      'pip',
      [],
    );
    assert.deepEqual([readPackages(changed, 'npm'), readPackages(changed, 'pip')], [['tsx'], []]);
    assert.equal(isSelfHosted({ config: { type: 'self_hosted' } }), true);
  });

  it('takes host names, not addresses', () => {
    assert.deepEqual(wordList(' a.example,b.example\n a.example '), ['a.example', 'b.example']);
    assert.equal(hostsProblem('*.example.com, b.example:8443', plainL10n), undefined);
    assert.match(hostsProblem('https://a.example', plainL10n) ?? '', /https:\/\/a\.example/);
  });
});

describe('what a new session is given', () => {
  const connection = (prefix: string) => ({ prefix }) as Connection;
  const knowing = (presence: Presence) => () => presence;

  it('goes by what the server is known to offer', () => {
    assert.equal(takenExtra('message', connection('/x/v1'), knowing('absent')), 'yes');
    assert.equal(takenExtra('vaults', connection('/v1'), knowing('unknown')), 'maybe');
    assert.equal(takenExtra('vaults', connection('/v1'), knowing('absent')), 'no');
    assert.equal(takenExtra('budget', connection('/v1'), knowing('unknown')), 'yes');
    assert.equal(takenExtra('repository', connection('/x/v1'), knowing('unknown')), 'maybe');
    assert.equal(takenExtra('files', connection('/x/v1'), knowing('absent')), 'no');
  });

  it('becomes fields of the create body, and leaves no empty ones behind', () => {
    const body = withFiles(
      withRepository(withFirstMessage({}, 'Begin'), {
        url: 'https://github.com/a/b',
        branch: 'dev',
      }),
      ['file_1'],
    );
    assert.equal(firstMessage(body), 'Begin');
    assert.deepEqual(repositoryOf(body), { url: 'https://github.com/a/b', branch: 'dev' });
    assert.deepEqual(filesOf(body), ['file_1']);
    assert.deepEqual(withFirstMessage(withRepository(withFiles(body, []), undefined), ''), {});
  });

  it('names a repository on GitHub', () => {
    assert.equal(repositoryProblem('https://github.com/a/b', plainL10n), undefined);
    for (const text of [
      'github.com/a/b',
      'https://github.com/a',
      'http://github.com/a/b',
      'https://me@github.com/a/b',
    ]) {
      assert.ok(repositoryProblem(text, plainL10n) !== undefined, text);
    }
  });
});

describe('a budget', () => {
  it('is read in dollars and sent in whole cents, without an error of rounding', () => {
    assert.deepEqual(['5', '$12.50', '0,07', '1.1', '0', '-1', '1.234', 'x', ''].map(parseDollars), [
      500,
      1250,
      7,
      110,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    assert.equal(dollars(1250), '$12.50');
    const session = { budget: budgetBody(1250), usage: { list_cost: { amount: '1249', currency: 'USD' } } };
    assert.deepEqual([budgetOf(session), spentOf(session), hasBudget(session)], [1250, 1249, true]);
    assert.deepEqual(
      [budgetOf({ budget: null }), spentOf({}), hasBudget({ budget: null })],
      [undefined, undefined, false],
    );
  });
});
