import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { setKey, useConnection } from '../../e2e/support/connections.ts';
import { type Editor, type EditorOptions, openWorkbench } from '../../e2e/support/editor.ts';
import { clearNotifications } from '../../e2e/support/messages.ts';
import { panelFrame } from '../../e2e/support/panel.ts';
import { composer, row, send } from '../../e2e/support/sessionPanel.ts';
import { showManagedAgents, treeRow } from '../../e2e/support/tree.ts';
import { eventually } from '../../support/eventually.ts';
import { type Attacker, startAttacker } from './attacker.ts';
import { noteForeignRequests } from './browserRequests.ts';
import { agentMessage, HostileServer, messageIn, type ServedSession } from './hostileServer.ts';
import { keptByBrowser } from './keptByBrowser.ts';
import { filesBelow, findKey, type Looked } from './keyScan.ts';
import { packagedExtension } from './packaged.ts';
import { postedByPages, spyOnPages } from './pageSpy.ts';
import { clearTheLeft, openOnTheRight } from './twoSides.ts';
import { Witness } from './witness.ts';

/** Looks different in every encoding: it holds what URLs, forms, JSON and HTML each write in their own way. */
export const KEY = 'attacked&key"with\\every/sort+of=character%and<more>0123456789';

const CONNECTION = 'Hostile server';

/**
 * The installed package in a real editor, with a server to attack it from, an attacker who waits for what gets
 * out, and eyes on all ways out. The panel of a healthy session stands on the right and must work all along;
 * panels of attacks open on the left.
 */
export class Arena {
  readonly editor: Editor;
  readonly hostile: HostileServer;
  readonly attacker: Attacker;
  readonly witness: Witness;
  /** Requests of the browser to anywhere but the editor. */
  readonly foreignRequests: readonly string[];
  /** The session that is never attacked. */
  readonly healthy: ServedSession;
  private proofs = 0;
  private isCalm = true;

  private constructor(
    parts: Pick<Arena, 'editor' | 'hostile' | 'attacker' | 'witness' | 'foreignRequests' | 'healthy'>,
  ) {
    this.editor = parts.editor;
    this.hostile = parts.hostile;
    this.attacker = parts.attacker;
    this.witness = parts.witness;
    this.foreignRequests = parts.foreignRequests;
    this.healthy = parts.healthy;
  }

  static async open(options: Omit<EditorOptions, 'extension' | 'alongside'> = {}): Promise<Arena> {
    const vsix = await packagedExtension();
    const [hostile, attacker, witness] = await Promise.all([
      HostileServer.start(),
      startAttacker(),
      Witness.create(),
    ]);
    const healthy = hostile.addSession({ id: 'healthy', title: 'A healthy session' });
    healthy.events.push(agentMessage('healthy_0', 'All is well.'));
    try {
      const editor = await openWorkbench({
        size: { width: 1_600, height: 900 },
        ...options,
        extension: { kind: 'vsix', path: vsix },
        alongside: [witness.extension],
        // No market place: what the editor would ask there by itself could not be told from what nobody may ask.
        env: { EXTENSIONS_GALLERY: '{}', ...witness.env, ...options.env },
        settings: { 'workbench.editor.closeEmptyGroups': false, ...options.settings },
      });
      const foreignRequests = noteForeignRequests(editor.page);
      await spyOnPages(editor.page);
      const arena = new Arena({ editor, hostile, attacker, witness, foreignRequests, healthy });
      opened.add(arena);
      return arena;
    } catch (error) {
      await Promise.all([hostile.close(), attacker.close()]);
      throw error;
    }
  }

  /** Connects to the hostile server as a person does, and opens the healthy session on the right. */
  async connect(): Promise<void> {
    const { editor, hostile } = this;
    await showManagedAgents(editor);
    await useConnection(editor, { name: CONNECTION, baseUrl: hostile.url });
    await setKey(editor, KEY);
    await treeRow(editor, /^Session A healthy session/).waitFor();
    await clearNotifications(editor);
    await this.openHealthy();
  }

  /** Opens the session that is never attacked, where it stays. */
  async openHealthy(): Promise<void> {
    await openOnTheRight(this.editor, this.healthy.id);
    await row(this.healthyPage, 'All is well.').waitFor();
  }

  get healthyPage(): FrameLocator {
    return panelFrame(this.editor, 0);
  }

  /** The page of the attacked session that shows on the left. */
  get page(): FrameLocator {
    return panelFrame(this.editor, 1);
  }

  /** Opens a session of the hostile server on the left. Does not wait for what it shows: that may be a refusal. */
  async openSession(sessionId: string): Promise<FrameLocator> {
    await this.editor.execute('workbench.action.focusFirstEditorGroup');
    await this.editor.execute('managedAgents.session.open', { sessionId });
    return this.page;
  }

  /** Opens a session that can be written to. */
  async openWorkingSession(session: ServedSession): Promise<FrameLocator> {
    const page = await this.openSession(session.id);
    await composer(page).waitFor();
    await eventually(() => session.streams.size > 0, { timeoutMs: 20_000 });
    return page;
  }

  /** Lets an attack happen: it begins in a calm arena, and must leave it unharmed. */
  async during(attack: () => Promise<void>): Promise<void> {
    if (!this.isCalm) {
      await this.calm(); // from what an attack that failed has left
    }
    this.isCalm = false;
    await attack();
    await this.calm();
    await this.assertUnharmed();
  }

  /** Ends an attack: the server is healthy again, the left side is empty, no message stands in the way. */
  async calm(): Promise<void> {
    const { editor, hostile } = this;
    hostile.attack = () => undefined;
    for (const id of hostile.sessions.keys()) {
      if (id !== this.healthy.id) {
        hostile.sessions.delete(id);
      }
    }
    await clearTheLeft(editor);
    await editor.execute('managedAgents.refresh');
    await editor.execute('notifications.clearAll');
    this.isCalm = true;
  }

  /**
   * What must hold after each attack: another session still shows what comes and sends what is written, nothing
   * was asked of anybody but the server that was chosen, and the extension host is the one that it was.
   */
  async assertUnharmed(): Promise<void> {
    this.proofs += 1;
    const { hostile, healthy, healthyPage, editor } = this;
    const said = `Still well ${this.proofs}`;
    await eventually(() => healthy.streams.size > 0, { timeoutMs: 40_000 });
    hostile.emit(healthy, agentMessage(`proof_${this.proofs}`, said));
    await row(healthyPage, said).waitFor({ timeout: 20_000 });
    const written = `And you? ${this.proofs}`;
    await send(healthyPage, written);
    await eventually(() => hostile.about(healthy, (request) => messageIn(request) === written).length === 1, {
      timeoutMs: 20_000,
    });
    this.assertNothingGotOut();
    assert.equal(this.witness.processes.length, 1, 'the extension host ended and was started again');
    // All of them each time: what a first try has broken is not forgotten at the second.
    assert.deepEqual(
      editor.consoleLines.filter((line) => crash.test(line)),
      [],
    );
  }

  /** Nobody heard anything but the server that the user chose, at the address that they chose. */
  assertNothingGotOut(): void {
    assert.deepEqual(this.attacker.knocks, [], 'the attacker was called');
    assert.deepEqual(this.foreignRequests, [], 'the browser asked somebody');
    const chosen = `127.0.0.1:${this.hostile.port}`;
    assert.deepEqual(
      this.witness.connections.filter((target) => target !== chosen),
      [],
      'the extension host asked somebody',
    );
    for (const { path, query, headers, body } of this.hostile.requests) {
      const { authorization, ...others } = headers;
      assert.equal(authorization, `Bearer ${KEY}`);
      const rest = JSON.stringify([path, [...query], others, body]);
      assert.deepEqual(findKey(KEY, [{ where: `a request for ${path}`, bytes: rest }]), []);
    }
  }

  /** Looks for the key wherever the editor writes, shows or keeps anything. Empty where it is nowhere. */
  async whereTheKeyIs(): Promise<string[]> {
    const { editor } = this;
    const { page } = editor;
    const posted = await postedByPages(page);
    const places: Looked[] = [
      ...(await filesBelow(editor.runFolder)),
      { where: 'the console', bytes: editor.consoleLines.join('\n') },
      { where: 'what pages posted', bytes: JSON.stringify(posted) },
      { where: 'what the browser keeps', bytes: JSON.stringify(await keptByBrowser(page)) },
    ];
    for (const frame of page.frames()) {
      places.push({ where: `the page ${frame.name()}`, bytes: await frame.content().catch(() => '') });
    }
    return findKey(KEY, places);
  }

  async close(): Promise<void> {
    opened.delete(this);
    await this.editor.close();
    await this.hostile.close();
    await this.attacker.close();
  }
}

/** The arenas that are open. */
const opened = new Set<Arena>();

let shared: Promise<Arena> | undefined;

/** The arena that all attacks use which leave nothing behind: opened and connected by the first. */
export async function sharedArena(): Promise<Arena> {
  shared ??= openConnected();
  return await shared;
}

async function openConnected(): Promise<Arena> {
  const arena = await Arena.open();
  await arena.connect();
  return arena;
}

/**
 * For a suite of attacks that share the arena. Its `it` takes the place of mocha's: the arena is calm before each test,
 * and at the end of it calm again and unharmed. That is part of the test, since a hook that fails takes all further
 * tests of its suite along.
 */
export function inArena() {
  let arena: Arena | undefined;
  before(async () => {
    arena = await sharedArena();
  });
  const ground = {
    get arena(): Arena {
      if (arena === undefined) {
        throw new Error('The arena is there as soon as the first test runs.');
      }
      return arena;
    },
    it: (title: string, test: (this: Mocha.Context) => Promise<void>): Mocha.Test =>
      it(title, async function () {
        await ground.arena.during(async () => await test.call(this));
      }),
  };
  return ground;
}

/** For the hooks, after the last attack: ends every arena, also one whose test failed before it could. */
export async function endArenas(): Promise<void> {
  await shared?.catch(() => undefined);
  for (const arena of [...opened]) {
    await arena.close();
  }
}

/** What the console says when something of ours was never caught, or a process is gone. */
const crash =
  /rejected promise not handled|\[uncaught\]|extension host (?:terminated|is unresponsive|.*exited)|Maximum call stack/i;
