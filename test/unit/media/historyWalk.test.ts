import assert from 'node:assert/strict';
import { HistoryWalk, type Recalled } from '../../../media/session/historyWalk.ts';

const earlier: readonly Recalled[] = [
  { key: 'c', text: 'three' },
  { key: 'b', text: 'two' },
  { key: 'a', text: 'one' },
];

/** A field, and a walk that writes into it. */
class Field {
  text = '';
  readonly asked: (string | null)[] = [];
  readonly walk = new HistoryWalk((from) => {
    this.asked.push(from);
    return Promise.resolve(earlier[earlier.findIndex(({ key }) => key === from) + 1] ?? null);
  });

  async up(): Promise<string> {
    this.text = (await this.walk.back(() => this.text)) ?? this.text;
    return this.text;
  }

  down(): string {
    this.text = this.walk.forward(this.text) ?? this.text;
    return this.text;
  }
}

describe('the walk through earlier messages', () => {
  let field: Field;

  beforeEach(() => {
    field = new Field();
  });

  it('goes back to the oldest and forward to the draft', async () => {
    field.text = 'draft';
    assert.equal(await field.up(), 'three');
    assert.equal(await field.up(), 'two');
    assert.equal(await field.up(), 'one');
    assert.equal(await field.up(), 'one');
    assert.equal(field.down(), 'two');
    assert.equal(field.down(), 'three');
    assert.equal(field.down(), 'draft');
    assert.equal(field.down(), 'draft');
    assert.equal(field.walk.isAway, false);
  });

  it('asks for each only once, by the one before', async () => {
    await field.up();
    await field.up();
    field.down();
    field.down();
    await field.up();
    await field.up();
    assert.deepEqual(field.asked, [null, 'c']);
  });

  it('finds again what was changed on the way', async () => {
    field.text = 'draft';
    await field.up();
    field.text = 'three and more';
    assert.equal(field.walk.isUntouched(field.text), false);
    assert.equal(await field.up(), 'two');
    assert.equal(field.down(), 'three and more');
    assert.equal(field.down(), 'draft');
    assert.equal(await field.up(), 'three and more');
  });

  it('brings the draft back when an earlier message was sent', async () => {
    field.text = 'draft';
    await field.up();
    assert.equal(field.walk.sent(), 'draft');
    assert.equal(field.walk.isAway, false);
    field.text = 'draft';
    assert.equal(await field.up(), 'three');
  });

  it('leaves nothing behind when the draft was sent', () => {
    field.text = 'draft';
    assert.equal(field.walk.sent(), '');
  });

  it('keeps for later what was written', async () => {
    field.text = 'draft';
    assert.equal(field.walk.worthKeeping('draft'), 'draft');
    await field.up();
    assert.equal(field.walk.worthKeeping(field.text), 'draft');
    assert.equal(field.walk.worthKeeping('three, changed'), 'three, changed\n\ndraft');
  });

  it('does not overwrite what is typed while the answer is on its way', async () => {
    field.text = 'draft';
    const back = field.walk.back(() => field.text);
    field.text = 'draft, longer';
    assert.equal(await back, undefined);
    assert.equal(field.walk.isAway, false);
    assert.equal(await field.up(), 'three');
    assert.equal(field.down(), 'draft, longer');
  });

  it('survives an answer that fails', async () => {
    let isBroken = true;
    const walk = new HistoryWalk(() =>
      isBroken ? Promise.reject(new Error('gone')) : Promise.resolve(earlier[0] ?? null),
    );
    await assert.rejects(walk.back(() => ''));
    isBroken = false;
    assert.equal(await walk.back(() => ''), 'three');
  });
});
