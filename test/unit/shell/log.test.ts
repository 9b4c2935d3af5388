import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { ApiError } from '../../../src/api/errors.ts';
import { Redactor } from '../../../src/api/http/redact.ts';
import { Log } from '../../../src/vscode/services/log.ts';

const key = 'canary-key-0123456789-abcdefghij';

/** The log, and what it wrote. */
function makeLog() {
  const lines: string[] = [];
  let opened = 0;
  const write = (line: string) => void lines.push(line);
  const channel = {
    trace: write,
    debug: write,
    info: write,
    warn: write,
    error: write,
    show: () => undefined,
    dispose: () => undefined,
  } as unknown as vscode.LogOutputChannel;
  const redactor = new Redactor();
  redactor.learn(key);
  const log = new Log(() => {
    opened++;
    return channel;
  }, redactor);
  return { log, lines, opened: () => opened };
}

describe('Log', () => {
  it('opens its channel at the first line, once', () => {
    const { log, opened } = makeLog();
    assert.equal(opened(), 0);
    log.info('a');
    log.warn('b');
    assert.equal(opened(), 1);
  });

  it('writes no key, in whatever form it comes', () => {
    const { log, lines } = makeLog();
    const forms = [
      key,
      encodeURIComponent(key),
      Buffer.from(key).toString('base64'),
      Buffer.from(key).toString('base64url'),
      Buffer.from(key).toString('hex'),
      Buffer.from(`x:${key}`).toString('base64'),
      key.slice(0, 16),
    ];
    for (const form of forms) {
      for (const level of ['trace', 'debug', 'info', 'warn', 'error'] as const) {
        log[level](`before ${form} after`);
      }
      log.error(
        'failed',
        new Error(`Headers.append: "Bearer ${form}" is invalid`, { cause: new Error(form) }),
      );
      log.error('failed', form);
    }
    const written = lines.join('\n');
    for (const form of forms) {
      assert.ok(!written.includes(form), form);
    }
    assert.doesNotMatch(written, /canary/);
  });

  it('never writes the fields of a thrown thing', () => {
    const { log, lines } = makeLog();
    const error = Object.assign(new Error('socket hang up'), {
      request: { headers: { secret: 'field-value' } },
    });
    log.error('failed', new ApiError('reset', { cause: error }));
    log.error('failed', { headers: 'field-value' });
    assert.match(lines.join('\n'), /socket hang up/);
    assert.doesNotMatch(lines.join('\n'), /field-value/);
  });

  it('lets nobody forge a line or a colour', () => {
    const { log, lines } = makeLog();
    log.info('a\r\u001b[31m\u009b\u0000b');
    assert.equal(lines[0], 'a [31m b');
    // Colours, places, a title, a link, the clipboard, a bell, and what is written over: in messages and in errors.
    const sequences =
      '\u001b[31m\u001b[2J\u001b]0;title\u0007\u001b]8;;https://e.example\u001b\\\u001b]52;c;eA==\u0007\u001bPq\u001b\\\u009b31m\u009d\b\r\u007f';
    for (const level of ['trace', 'debug', 'info', 'warn', 'error'] as const) {
      log[level](`before ${sequences} after`);
    }
    log.error('failed', new ApiError('invalid', { cause: new Error(sequences) }));
    log.call(`Staging ${sequences}`, {
      method: 'GET',
      path: `/v1/${sequences}`,
      status: 400,
      ms: 1,
      requestId: sequences,
      reason: undefined,
    });
    assert.equal(lines.length, 8);
    assert.doesNotMatch(lines.join(''), /[\u0000-\u001f\u007f-\u009f]/);
  });

  it('writes one line per request, with what helps to find it', () => {
    const { log, lines } = makeLog();
    const record = { method: 'GET', path: '/v1/agents', status: 200, ms: 12.4, requestId: 'req_1' } as const;
    log.call('Staging', { ...record, reason: undefined });
    log.call('Staging', { ...record, status: undefined, requestId: undefined, reason: 'refused' });
    assert.deepEqual(lines, [
      '[Staging] GET /v1/agents 200 12 ms req_1',
      '[Staging] GET /v1/agents - 12 ms - refused',
    ]);
  });
});
