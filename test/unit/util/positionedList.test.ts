import assert from 'node:assert/strict';
import { type Positioned, PositionedList } from '../../../src/util/positionedList.ts';
import { between, seededRandom } from '../../support/random.ts';

interface Item extends Positioned {
  readonly name: number;
}

describe('PositionedList', () => {
  it('is a list whose items know their places, whatever is done to it', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = seededRandom(seed);
      const list = new PositionedList<Item>();
      const model: Item[] = [];
      let first = 0;
      let names = 0;
      const fresh = (most: number) =>
        Array.from({ length: between(random, 1, most) }, () => ({ name: names++, position: Number.NaN }));
      for (let step = 0; step < 120; step += 1) {
        const dice = random();
        const place = between(random, 0, model.length);
        if (dice < 0.25) {
          const [item] = fresh(1);
          if (item !== undefined) {
            list.append(item);
            model.push(item);
          }
        } else if (dice < 0.5) {
          const items = fresh(5);
          list.prepend(items);
          model.unshift(...items);
          first -= items.length;
        } else if (dice < 0.7) {
          const items = fresh(4);
          list.insert(first + place, items);
          model.splice(place, 0, ...items);
        } else if (dice < 0.85 && model.length > 0) {
          const [item] = model.splice(Math.min(place, model.length - 1), 1);
          if (item !== undefined) {
            list.remove(item);
          }
        } else {
          const count = between(random, 0, 6);
          const gone = model.splice(0, count);
          assert.deepEqual(list.shift(count), gone);
          first += gone.length;
        }
        assert.deepEqual([list.first, list.size, list.end], [first, model.length, first + model.length]);
        model.forEach((item, index) => {
          assert.equal(list.at(first + index), item);
          assert.equal(item.position, first + index);
        });
        assert.equal(list.at(first - 1), undefined);
        assert.equal(list.at(list.end), undefined);
      }
    }
  });
});
