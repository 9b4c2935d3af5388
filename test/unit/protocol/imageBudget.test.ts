import assert from 'node:assert/strict';
import { withinImageBudget } from '../../../src/protocol/imageBudget.ts';
import { RowWindow } from '../../../src/protocol/rowWindow.ts';
import type { Block, Row } from '../../../src/transcript/row.ts';
import { TestSession } from '../transcript/transcriptSetup.ts';

const picture = (bytes: number): Block => ({ type: 'image', mediaType: 'image/png', data: 'x', bytes });
const message = (key: string, ...blocks: Block[]): Row => ({
  kind: 'agentMessage',
  key,
  at: null,
  eventId: key,
  streaming: false,
  blocks,
});
const shows = (row: Row | undefined) =>
  row?.kind === 'agentMessage' &&
  row.blocks.every((block) => block.type !== 'image' || block.data !== undefined);

describe('the pictures of one message to the page', () => {
  it('are those of the newest rows, as many as fit', () => {
    const rows = [
      message('a', picture(60)),
      message('b', picture(60)),
      message('c'),
      message('d', picture(40)),
    ];
    assert.deepEqual(withinImageBudget(rows, 100).map(shows), [false, true, true, true]);
    assert.equal(withinImageBudget(rows, 160), rows);
  });

  it('stay within bounds whatever a session holds', () => {
    const session = new TestSession();
    const data = 'A'.repeat(1_500_000);
    for (let index = 0; index < 12; index++) {
      const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data } };
      session.arrive({ type: 'agent.message', id: `m${String(index)}`, content: [image, image] });
    }
    const { rows } = new RowWindow(session.transcript, 200).open();
    assert.equal(rows.length, 12);
    assert.ok(JSON.stringify(rows).length < 6_000_000);
    assert.ok(shows(rows.at(-1)));
    assert.ok(!shows(rows[0]));
  });
});
