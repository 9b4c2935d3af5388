import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import type { JsonObject } from '../../../src/util/json.ts';
import { row } from '../../e2e/support/sessionPanel.ts';
import type { Arena } from './arena.ts';
import { agentMessage, type ServedSession } from './hostileServer.ts';

/** A session whose events are an attack, and its page. */
export interface HostileSession {
  readonly session: ServedSession;
  readonly page: FrameLocator;
}

/** Shows a session with these events, and behind them a message by which it is known that all of them are drawn. */
export async function showEvents(
  arena: Arena,
  id: string,
  events: readonly JsonObject[],
  title = id,
): Promise<HostileSession> {
  const session = arena.hostile.addSession({ id, title });
  session.events.push(...events, agentMessage(`${id}_end`, `The end of ${id}.`));
  const page = await arena.openWorkingSession(session);
  await row(page, `The end of ${id}.`).waitFor();
  return { session, page };
}

/** Shows one text of the agent. */
export async function showText(arena: Arena, id: string, text: string): Promise<HostileSession> {
  return await showEvents(arena, id, [agentMessage(`${id}_text`, text)]);
}

/** What the document of a page consists of. */
interface Anatomy {
  readonly tags: readonly string[];
  /** Attributes that lead somewhere or run something, as `tag.name=value`. */
  readonly live: readonly string[];
  readonly ids: readonly string[];
  readonly scripts: readonly string[];
}

export async function anatomyOf(page: FrameLocator): Promise<Anatomy> {
  return await page.locator(':root').evaluate((root) => {
    const all = [...root.querySelectorAll('*')];
    const app = [...(root.querySelector('#app')?.querySelectorAll('*') ?? [])];
    const isLive = (name: string) =>
      /^(?:on|href|src|srcdoc|action|formaction|ping|background|data|poster|style|name|xlink|http-equiv)/.test(
        name,
      ) && !name.startsWith('data-');
    return {
      tags: [...new Set(app.map((element) => element.localName))].sort(),
      live: app.flatMap((element) =>
        element
          .getAttributeNames()
          .flatMap((name) =>
            isLive(name) ? `${element.localName}.${name}=${element.getAttribute(name) ?? ''}` : [],
          ),
      ),
      ids: all.map((element) => element.id).filter((id) => id !== ''),
      scripts: all
        .filter((element) => element instanceof HTMLScriptElement)
        .map((script) => script.textContent),
    };
  });
}

/** Elements that the page itself draws. Whatever else there is, a text has made. */
const ours = new Set(
  (
    'a11y article b blockquote br button code dd details div dl dt em footer form h1 h2 h3 h4 h5 h6 header hr i img ' +
    'input kbd label li main mark menu nav ol option output p pre progress s section select span strong summary ' +
    'table tbody td textarea th thead time tr ul'
  ).split(' '),
);

/** Nothing in the page comes from markup in a text: no element, no attribute, no code that ran. */
export async function assertNoMarkup(page: FrameLocator): Promise<void> {
  const { tags, live, scripts } = await anatomyOf(page);
  assert.deepEqual(
    tags.filter((tag) => !ours.has(tag)),
    [],
  );
  assert.deepEqual(
    live.filter(
      (each) => !/^img\.src=blob:|^(?:textarea|input|select)\.name=|\.style=(?!.*url\()/.test(each),
    ),
    [],
  );
  assert.deepEqual(
    scripts.filter((script) => script.includes('pwned')),
    [],
  );
  const ran = await page.locator(':root').evaluate(() => Reflect.get(globalThis, 'pwned') !== undefined);
  assert.equal(ran, false, 'a text ran as code');
}

/** Characters that a reader does not see, as they stand in the text of the page. */
export async function hiddenInPage(page: FrameLocator): Promise<readonly string[]> {
  const text = await page.locator('#app').evaluate((app) => app.textContent);
  const found = text.match(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\u{e0000}-\u{e0fff}]/gu,
  );
  return [...new Set(found)].map((each) => `U+${(each.codePointAt(0) ?? 0).toString(16)}`);
}
