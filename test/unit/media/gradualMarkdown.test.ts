import assert from 'node:assert/strict';
import { GradualMarkdown } from '../../../media/session/gradualMarkdown.ts';
import { markdownContext } from '../../support/markdownContext.ts';

describe('Markdown that arrives when rows are there', () => {
  const { context, asked } = markdownContext();
  const frames: (() => void)[] = [];
  const frame = () => frames.splice(0).forEach((callback) => callback());
  const markdown = new GradualMarkdown({ render: (_, text) => `<${text}>` }, (callback) =>
    frames.push(callback),
  );
  const draw = (rows: readonly number[]) => rows.map((row) => markdown.render(`row${row}\n0`, 'x', context));

  it('is drawn for a few texts in each frame, and then for all', () => {
    const rows = [1, 2, 3, 4, 5];
    asked.redrawn.length = 0;
    assert.deepEqual(draw(rows), ['<x>', '<x>', '<x>', undefined, undefined]);
    assert.deepEqual(asked.redrawn.splice(0), ['row4', 'row5']);
    frame();
    assert.deepEqual(draw(rows), ['<x>', '<x>', '<x>', '<x>', '<x>'], 'none that was drawn is lost again');
    assert.deepEqual(asked.redrawn, []);
    frame();
    assert.ok(draw([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).every((text) => text === '<x>'));
    assert.equal(frames.length, 0, 'nothing is counted any more');
  });
});
