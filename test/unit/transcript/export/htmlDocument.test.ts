import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { htmlDocument } from '../../../../src/transcript/export/html/htmlDocument.ts';
import { element, webAddress } from '../../../../src/transcript/export/html/markup.ts';
import { asks, result, says, TestSession, use } from '../transcriptSetup.ts';
import { bodiesOf, head, texts } from './exportSetup.ts';

function written(session: TestSession, title = 'Fix it'): string {
  const lines = [['Agent', '<b>coder</b>'] as const];
  return [...htmlDocument({ ...head, title }, lines, session.transcript, bodiesOf(session), texts)].join('');
}

/** All that is between the angle brackets of a text. */
function tags(html: string): readonly string[] {
  return [...html.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, name]) => (name ?? '').toLowerCase());
}

describe('an HTML export', () => {
  it('allows nothing but its own style sheet and pictures that it holds', () => {
    const html = written(new TestSession());
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    const css = /<style>([^]*?)<\/style>/.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(css).digest('base64');
    assert.equal(
      policy,
      `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    assert.doesNotMatch(css, /url\(|@import|expression/);
    assert.ok(html.indexOf('Content-Security-Policy') < html.indexOf('<style>'));
    assert.match(css, /prefers-color-scheme: light/);
  });

  it('makes text of everything that somebody else wrote', () => {
    const evil = `</pre></main></style><script>alert(1)</script><img src=x onerror=alert(2)>"'&<!--`;
    const session = new TestSession();
    session.arrive(
      asks('u1', { content: [{ type: 'text', text: evil }] }),
      says('a1', `${evil}\n\n\`\`\`html\n${evil}\n\`\`\`\n\n[x](javascript:alert(1)) [y](data:text/html,z)`),
      use('c1', { name: evil, input: { command: evil } }),
      result('o1', 'c1', { content: [{ type: 'text', text: evil }] }),
      { id: evil, type: `agent.${evil}`, x: evil },
    );
    const html = written(session, evil);
    const allowed = new Set(
      'html head meta title style body main header h1 h2 dl dt dd article div p span pre code details summary footer a'.split(
        ' ',
      ),
    );
    assert.deepEqual(
      [...new Set(tags(html))].filter((name) => !allowed.has(name)),
      [],
    );
    assert.equal(tags(html).filter((name) => name === 'style').length, 2);
    const attributes = [...html.matchAll(/<[a-z0-9]+((?: [a-z-]+="[^"]*")*)>/g)].map(
      ([, each]) => each ?? '',
    );
    assert.doesNotMatch(attributes.join('').replace(/"[^"]*"/g, '""'), / on\w+=/);
    assert.doesNotMatch(html, /(?:href|src)="(?!https?:|data:image)/);
    assert.ok(html.includes('&lt;script&gt;alert(1)&lt;/script&gt;'));
  });

  it('balances every element that it opens', () => {
    const session = new TestSession();
    session.arrive(
      says(
        'a1',
        '# A\n\n- one\n  - two\n\n> quote **bold** _em_ ~~s~~\n\n| a | b |\n|--:|:-:|\n| 1 | 2 |\n\n---\n\n1. x\n',
      ),
    );
    const open: string[] = [];
    for (const [, slash, name = ''] of written(session).matchAll(/<(\/?)([a-z0-9]+)/g)) {
      if (slash === '/') {
        assert.equal(open.pop(), name);
      } else if (!['meta', 'br', 'hr', 'img'].includes(name)) {
        open.push(name);
      }
    }
    assert.deepEqual(open, []);
  });

  it('shows where a link really leads, and makes none of anything but the web', () => {
    const session = new TestSession();
    session.arrive(
      says('a1', '[bank.example](https://evil.example/x) and [u](https://bank.example@evil.example/)'),
    );
    const html = written(session);
    assert.match(
      html,
      /<a href="https:\/\/evil\.example\/x"[^>]*>bank\.example<\/a><span class="link-host"> \(evil\.example\)/,
    );
    assert.equal(html.match(/<a /g)?.length, 1);
    assert.equal(webAddress('javascript:alert(1)'), undefined);
    assert.equal(webAddress('https://user:secret@host.example/'), undefined);
    assert.equal(webAddress('ftp://host.example/'), undefined);
    assert.equal(webAddress(`https://host.example/${'x'.repeat(3_000)}`), undefined);
  });

  it('colours code by classes, and writes bodies whole', () => {
    const session = new TestSession();
    const output = `first ${'y'.repeat(300_000)} last`;
    session.arrive(
      says('a1', '```ts\nconst answer = 42;\n```'),
      use('c1'),
      result('o1', 'c1', { content: [{ type: 'text', text: output }] }),
    );
    const html = written(session);
    assert.match(html, /<span class="hl-keyword">const<\/span>/);
    assert.match(html, /<span class="hl-number">42<\/span>/);
    assert.ok(html.includes(output));
    assert.doesNotMatch(html, / style=/);
  });

  it('shows a change as lines that go and come', () => {
    const session = new TestSession();
    session.arrive(
      use('c1', {
        name: 'edit',
        input: { file_path: 'a.ts', old_string: 'one\ntwo', new_string: 'one\nthree' },
      }),
    );
    const html = written(session);
    assert.match(html, /class="line removed".*?two/);
    assert.match(html, /class="line added".*?three/);
  });

  it('makes no element for each line of an edit that has more than anybody reads', () => {
    const session = new TestSession();
    const many = 'x\n'.repeat(20_000);
    session.arrive(
      use('c1', { name: 'edit', input: { file_path: 'a.ts', old_string: '', new_string: many } }),
    );
    const html = written(session);
    assert.ok(tags(html).length < 200);
    assert.ok(html.length > many.length && html.length < 5 * many.length);
  });

  it('holds a picture only by its own bytes, whatever it is said to be', () => {
    const png =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const picture = (mediaType: string, data: string) => ({
      type: 'image',
      source: { type: 'base64', media_type: mediaType, data },
    });
    const session = new TestSession();
    const svg = Buffer.from('<svg onload="alert(1)">').toString('base64');
    session.arrive(
      asks('u1', {
        content: [
          picture('text/html', png),
          picture('image/svg+xml', svg),
          picture('image/png', `${png}" onload="x`),
          { type: 'image', source: { type: 'url', url: 'https://tracker.example/x.png' } },
        ],
      }),
    );
    const html = written(session);
    assert.equal(html.match(/<img /g)?.length, 1);
    assert.match(html, /src="data:image\/png;base64,iVBOR/);
    assert.doesNotMatch(html, /tracker\.example|onload="/);
  });

  it('writes hidden characters as their numbers', () => {
    const session = new TestSession();
    session.arrive(says('a1', 'safe\u202egnp.exe'));
    const html = written(session);
    assert.ok(html.includes('⟨202E⟩'));
    assert.ok(!html.includes('\u202e'));
  });

  it('is never made of a string by hand: markup has one maker', () => {
    assert.equal(
      element('p', { class: '"><x' }, '<', ['&']).toString(),
      '<p class="&quot;&gt;&lt;x">&lt;&amp;</p>',
    );
  });
});
