import type { Row } from '../../../src/transcript/row.ts';
import { NOW, shell, text, tool } from './rows.ts';

const waiting = { status: 'needsApproval', result: null, durationMs: null } as const;

/** Calls that wait in every way there is: short, long, hidden characters, an edit, another server's, a client's own. */
export const approvalRows: readonly Row[] = [
  {
    kind: 'userMessage',
    key: 'ask',
    at: NOW - 60_000,
    eventId: 'e1',
    state: 'done',
    blocks: [text('Release 4.2 when the tests pass.')],
  },
  shell('push', 'git push origin release/4.2 --force-with-lease', waiting),
  shell('hidden', 'rm -rf build\u200b/\u202egpj.exe  && ls\t-la', waiting),
  shell('tall', `${'echo one more line\n'.repeat(60)}rm -rf ~`, waiting),
  tool('edit', {
    ...waiting,
    name: 'edit',
    input: { view: 'edit', path: 'src/retry.ts', before: 'a', after: 'b' },
    inputJson: '{\n  "path": "src/retry.ts",\n  "old_string": "a",\n  "new_string": "b"\n}',
  }),
  tool('ticket', {
    ...waiting,
    name: 'close_ticket',
    family: 'mcp',
    server: 'tracker',
    thread: 'Release manager',
    inputJson: '{\n  "number": 4182\n}',
  }),
  tool('deep', { ...waiting, name: 'write_config', inputJson: '{\n  "a": "…"\n}', inputComplete: false }),
  tool('lookup', {
    name: 'lookup_order',
    family: 'custom',
    status: 'needsResult',
    inputJson: '{\n  "order_id": "A-1042",\n  "fields": [\n    "status",\n    "total"\n  ]\n}',
    result: null,
    durationMs: null,
  }),
];

/** Two short calls. */
export const twoApprovals: readonly Row[] = approvalRows.slice(0, 3);
