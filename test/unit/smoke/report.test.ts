import assert from 'node:assert/strict';
import MarkdownIt from 'markdown-it';
import { plainL10n } from '../../../src/l10n.ts';
import { reportJunit } from '../../../src/smoke/junit.ts';
import { reportJson, reportMarkdown } from '../../../src/smoke/report.ts';
import type { SmokeReport } from '../../../src/smoke/smokeReport.ts';
import { type FaultAnswer, jsonAnswer } from '../../support/faultServer.ts';
import { createIn, KEY, smokeAt, type SmokeSetup, startFakeApi } from './smokeSetup.ts';

/** As careless as a viewer can be: HTML is passed on and everything like a link becomes one. */
const careless = new MarkdownIt({ html: true, linkify: true });

async function reportOf(answer: FaultAnswer, setup: SmokeSetup = {}): Promise<SmokeReport> {
  const api = await startFakeApi({ 'GET /environments': answer });
  try {
    return await smokeAt(api.server.url, setup);
  } finally {
    await api.server.close();
  }
}

/** What a reader sees: the text of all tokens. */
function shownText(markdown: string): string {
  return careless
    .parse(markdown, {})
    .flatMap((token) => token.children ?? [])
    .map(({ content, type }) => (type === 'softbreak' ? '\n' : content))
    .join('\n');
}

describe('the report of the smoke checks', () => {
  it('says the verdict first, then every check, then the cause and the facts', async () => {
    const report = await reportOf(jsonAnswer({ detail: 'x' }, 500, { 'request-id': 'req_env' }));
    const markdown = reportMarkdown(report, plainL10n);
    const lines = shownText(markdown).split('\n');
    assert.equal(lines[0], 'Smoke checks: Test server');
    assert.match(markdown.split('\n')[2] ?? '', /^\*\*✗ “List environments” failed\./);
    const text = shownText(markdown).replaceAll('\u00a0', ' ');
    for (const { title } of report.checks) {
      assert.ok(text.includes(title), title);
    }
    for (const part of [
      '✗ failed',
      '✓ passed',
      '– skipped',
      'req_env',
      '500',
      'Likely cause:',
      'What to do:',
    ]) {
      assert.ok(text.includes(part), part);
    }
    assert.ok(text.includes('(after 3 attempts)'));
    assert.ok(text.includes(report.connection.baseUrl));
    const rows = careless.parse(markdown, {}).filter(({ type }) => type === 'tr_open');
    assert.equal(rows.length, report.checks.length + 1);
  });

  it('says in one sentence that all is well', async () => {
    const report = await reportOf(jsonAnswer({ data: [{ id: 'env_1' }] }));
    assert.equal(report.verdict, 'Everything that was checked works (15 of 15 checks passed, none failed).');
    assert.ok(reportMarkdown(report, plainL10n).includes('✓ Everything that was checked works'));
  });

  it('makes nothing of what a server says: no link, image, HTML, emphasis or table cell', async () => {
    const nasty = [
      '<script>alert(1)</script><img src=x onerror=alert(1)>',
      '![x](https://evil.example/?d=1) [click](command:workbench.action.quit) [ref][1]',
      'https://evil.example www.evil.example evil.example me@evil.example //evil.example/x mailto:a@b.example',
      '| cell | `code` **bold** _em_ ~~s~~ # h $x$ &amp; &#60;b&#62; <https://evil.example> \\',
      '\u202egnp.exe\u2069 \u200bzero',
    ].join(' ');
    for (const chunk of [nasty, nasty.slice(60), nasty.slice(200)]) {
      const report = await reportOf(jsonAnswer({ detail: chunk }, 422, { 'request-id': '<b>[x](y)|z`' }));
      const markdown = reportMarkdown(report, plainL10n);
      const tokens = careless.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
      for (const { type, markup } of tokens) {
        assert.ok(
          !['link_open', 'image', 'html_inline', 'html_block', 'em_open', 's_open'].includes(type),
          type,
        );
        assert.ok(type !== 'strong_open' || markup === '**');
      }
      const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
      assert.equal(rows.length, report.checks.length + 2);
      const cells = tokens.filter(({ type }) => type === 'td_open');
      assert.equal(cells.length, report.checks.length * 6);
      assert.doesNotMatch(markdown, /[\u202a-\u202e\u2066-\u2069\u200b]/);
      for (const part of ['evil.example', '&amp; &#60;b&#62; <https://evil.example>']) {
        assert.ok(shownText(markdown).includes(part), `what it said is there to read: ${part}`);
      }
    }
  });

  it('is plain data that JSON carries', async () => {
    const report = await reportOf(jsonAnswer({}, 500));
    assert.deepEqual(JSON.parse(reportJson(report)), report);
  });

  it('never holds the key, in whatever form the server echoes it', async () => {
    const key = 'cn9"Q\\/+%=Zy-7Wd8#Lm2&xPq4';
    const forms = [
      key,
      encodeURIComponent(key),
      JSON.stringify(key).slice(1, -1),
      Buffer.from(key).toString('base64'),
      Buffer.from(`Bearer ${key}`).toString('base64'),
      Buffer.from(`user:${key}`).toString('base64url'),
      Buffer.from(key).toString('hex'),
    ];
    const progress: unknown[] = [];
    for (const form of forms) {
      const setup = { key, onProgress: (step: unknown) => progress.push(step) };
      const echo = { detail: `You sent ${form}!` };
      const headers = /[^\x20-\x7e]/.test(form) ? {} : { 'request-id': form };
      const api = await startFakeApi({
        'GET /health': jsonAnswer({ status: form }, 500, headers),
        'GET /environments': jsonAnswer(echo, 401, headers),
        'GET /agents': jsonAnswer({ data: [{ id: 'agent_1', name: form }] }, 200, headers),
        'POST /sessions': (request, state) => jsonAnswer({ id: createIn(state, request), title: form }),
        'GET /sessions/session_1/events/stream': {
          headers: { ...headers, 'content-type': `text/plain; x="${form.replaceAll('"', '')}"` },
          body: form,
        },
      });
      try {
        for (const report of [
          await smokeAt(api.server.url, setup),
          await smokeAt(api.server.url, { ...setup, sessionId: 'session_1' }),
        ]) {
          assert.equal(report.checks.filter(({ status }) => status === 'failed').length >= 2, true);
          const markdown = reportMarkdown(report, plainL10n);
          const output = [
            JSON.stringify(report),
            reportJunit(report),
            markdown,
            shownText(markdown),
            JSON.stringify(progress),
          ];
          const texts = [...output, ...stringsIn(report), ...stringsIn(progress)];
          for (const secret of forms) {
            assert.ok(!texts.some((text) => text.includes(secret)), `the key came out as ${secret}`);
          }
          assert.ok(
            texts.some((text) => text.includes('•••')),
            'the echo was seen and cut',
          );
        }
      } finally {
        await api.server.close();
      }
    }
  });

  it('does not hold the key where nothing goes wrong', async () => {
    const report = await reportOf(jsonAnswer({ data: [{ id: 'env_1' }] }));
    assert.ok(!reportJson(report).includes(KEY));
  });
});

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
