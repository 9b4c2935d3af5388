import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settings } from '../../src/vscode/ids.ts';
import type { Parts } from '../../src/vscode/parts.ts';
import { eventually } from '../support/eventually.ts';
import { CountingServer } from './countingServer.ts';
import { theParts } from './support.ts';

interface Question {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

describe('archiving many', () => {
  let server: CountingServer;
  let parts: Parts;
  const questions: Question[] = [];
  const summaries: string[] = [];
  let press: (question: Question) => string | undefined = () => undefined;
  let sessions: { id: string; title: string; status: string; archived_at?: string }[] = [];
  let refused = new Set<string>();
  let together = 0;
  let most = 0;
  const originals = {
    warning: vscode.window.showWarningMessage,
    information: vscode.window.showInformationMessage,
  };

  /** Answers for the person: a dialog cannot be pressed from inside the extension host. */
  function answerWarnings(message: string, ...rest: readonly unknown[]): Promise<unknown> {
    const [first] = rest;
    const isModal = typeof first === 'object' && first !== null && 'modal' in first;
    const options = isModal ? (first as vscode.MessageOptions) : undefined;
    const items = (isModal ? rest.slice(1) : rest) as readonly (string | { readonly title: string })[];
    if (!isModal) {
      summaries.push(message);
    }
    const titles = items.map((item) => (typeof item === 'string' ? item : item.title));
    const question = { message, detail: options?.detail ?? '', buttons: titles };
    questions.push(question);
    const pressed = press(question);
    return Promise.resolve(items[titles.indexOf(pressed ?? '')]);
  }

  const rows = async () => {
    const { explorer } = parts.commandContext;
    const [root] = await explorer.getChildren();
    return await explorer.getChildren(root);
  };
  const archive = async () => {
    const all = await rows();
    await vscode.commands.executeCommand(commands.archiveSession, all[0], all);
  };
  const posts = () => server.requests.filter((request) => request.startsWith('POST '));

  before(async () => {
    parts = await theParts();
    server = new CountingServer();
    server.answer = async (url, request) => {
      const [, id, action] = /\/sessions\/(\w+)(?:\/(\w+))?$/.exec(url.pathname) ?? [];
      const session = sessions.find((each) => each.id === id);
      if (id === undefined) {
        const listed = sessions.filter((each) => each.archived_at === undefined);
        return { body: { data: url.pathname.endsWith('/sessions') ? listed : [] } };
      }
      if (session === undefined) {
        return { status: 404, body: { detail: 'Not Found' } };
      }
      if (request.method === 'POST' && action === 'events') {
        session.status = 'idle';
        return { body: { data: [] } };
      }
      if (action === 'archive') {
        most = Math.max(most, ++together);
        await new Promise<void>((resolve) => setImmediate(resolve));
        together--;
        if (refused.has(id) || session.status === 'running') {
          return { status: 409, body: { detail: 'busy' } };
        }
        session.archived_at = '2026-05-01T00:00:00Z';
      }
      return { body: action === 'events' ? { data: [] } : session };
    };
    const baseUrl = await server.start();
    await vscode.workspace
      .getConfiguration()
      .update(settings.connections, [{ name: 'Bulk', baseUrl }], vscode.ConfigurationTarget.Global);
    const { registry, keyStore } = parts.commandContext;
    const connection = await eventually(() => registry.byId('custom:Bulk') ?? false);
    registry.choose(connection.id);
    keyStore.keepForWindow(connection, 'in-host-key-0123456789');
    Reflect.set(vscode.window, 'showWarningMessage', answerWarnings);
    Reflect.set(vscode.window, 'showInformationMessage', (message: string) => {
      summaries.push(message);
      return Promise.resolve(undefined);
    });
  });
  after(async () => {
    Reflect.set(vscode.window, 'showWarningMessage', originals.warning);
    Reflect.set(vscode.window, 'showInformationMessage', originals.information);
    parts.commandContext.registry.choose('synth');
    await vscode.workspace
      .getConfiguration()
      .update(settings.connections, undefined, vscode.ConfigurationTarget.Global);
    await server.close();
  });
  beforeEach(async () => {
    sessions = Array.from({ length: 9 }, (_, index) => ({
      id: `session_${index}`,
      title: `Session ${index}`,
      status: index < 2 ? 'running' : 'idle',
    }));
    refused = new Set();
    press = () => undefined;
    most = 0;
    await rows();
    await vscode.commands.executeCommand(commands.refresh);
    server.requests.length = 0;
    questions.length = 0;
    summaries.length = 0;
  });

  it('asks once, names how many and what is lost, and does nothing when it is cancelled', async () => {
    await archive();
    const [question] = questions;
    assert.equal(question?.message, 'Archive 9 sessions on Bulk?');
    assert.match(question.detail, /• Session 0\n.*and 4 more.*at work in 2 of them.*There is no way back\./s);
    assert.deepEqual(question.buttons, ['Interrupt and Archive', 'Skip Running']);
    assert.deepEqual(posts(), []);
  });

  it('leaves the running ones alone', async () => {
    press = () => 'Skip Running';
    await archive();
    assert.equal(posts().length, 7);
    assert.ok(!posts().some((request) => /session_[01]\b/.test(request)));
    assert.deepEqual(summaries, ['7 archived.']);
    assert.ok(most > 1 && most <= 3, `${most} at once`);
    assert.equal((await rows()).length, 2);
  });

  it('interrupts first where that is wanted', async () => {
    press = () => 'Interrupt and Archive';
    await archive();
    assert.equal(posts().filter((request) => request.endsWith('/events')).length, 2);
    assert.deepEqual(summaries, ['9 archived.']);
  });

  it('says what failed and why, and tries only that again', async () => {
    refused = new Set(['session_5', 'session_6']);
    press = ({ buttons }) =>
      buttons.includes('Skip Running') ? 'Skip Running' : (refused.clear(), 'Retry Failed');
    await archive();
    await eventually(() => summaries.length === 2);
    assert.match(summaries[0] ?? '', /^5 archived, 2 failed\. “Session 5”: .*busy/);
    assert.equal(summaries[1], '2 archived.');
    assert.equal(posts().length, 9);
  });
});
