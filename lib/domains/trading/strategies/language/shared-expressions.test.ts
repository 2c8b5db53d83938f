import { expect, test } from 'vitest';
import { PlanBuilder } from './build-plan';
import { constantValue } from './constant-value';
import type { NumberNode } from './expression';

/** What names allow: each level uses the one below twice, so 2^levels paths lead down over a few nodes. */
function doubled(bottom: NumberNode, levels: number) {
  const counted = { reads: 0 };
  let node = bottom;
  for (let level = 0; level < levels; level++) {
    const below = node;
    node = {
      kind: 'arithmetic',
      operator: '+',
      get operands() {
        counted.reads++;
        return [below, below];
      },
    };
  }
  return { node, counted };
}

test('a plan reads an expression once however often it is used', () => {
  const { node, counted } = doubled({ kind: 'price', column: 'close' }, 16);
  const builder = new PlanBuilder({});
  const ref = builder.number(node);
  expect(ref).toEqual({ kind: 'slot', slot: 15 });
  expect(builder.build([15]).steps).toHaveLength(16);
  expect(counted.reads).toBe(16);
});

test('a constant is worked out once however often it is used', () => {
  const { node, counted } = doubled({ kind: 'number', value: 1 }, 16);
  expect(constantValue(node)).toBe(2 ** 16);
  expect(counted.reads).toBeLessThanOrEqual(2 * 16);
});
