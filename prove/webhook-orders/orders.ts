import type { World } from '@/lib/testing/billing-world';
import { differenceOf } from '@/lib/testing/difference';
import { deliver, reconcile } from './deliver';
import { isChain, type Standing, standingOf } from './final-state';
import { type Life, liveThrough, lives, type Told } from './lives';

/** What came of many orders of the same events. */
export interface Outcome {
  orders: number;
  deliveries: number;
  /** Orders after which something was otherwise, each with what it was. */
  wrong: string[];
}

export type LifeName = keyof typeof lives;

/** Picks among orders, by their number: told as it happens; of those, also told when all is over; with gaps. */
export type Chosen = Record<'soon' | 'late' | 'gaps', (index: number) => boolean>;

/** Lives a life and gives every chosen order of its events to the product. */
export async function tryOrders(
  world: World,
  name: LifeName,
  chosen: Chosen,
): Promise<{ expected: Standing; outcome: Outcome }> {
  const life = await liveThrough(world, lives[name]);
  try {
    const expected = await toldAtTheEnd(world, life, life.events);
    const outcome: Outcome = { orders: 0, deliveries: 0, wrong: [] };
    const note = (what: string, order: readonly Told[], wrong: string | null) => {
      outcome.orders += 1;
      outcome.deliveries += order.length;
      if (wrong)
        outcome.wrong.push(`${what}: ${order.map(({ type }) => type).join(', ')}\n${wrong}`);
    };
    for (const [index, order] of permutations(life.events).entries()) {
      if (!chosen.soon(index)) continue;
      const doubled = [...order, ...rotated(order, index)];
      const soon = await toldAsItHappens(world, life, doubled);
      note('told as it happens', doubled, differenceOf(settled(expected), settled(soon)));
      if (!chosen.late(index)) continue;
      const late = await toldAtTheEnd(world, life, doubled);
      note('told at the end', doubled, differenceOf(expected, late));
    }
    for (const [index, order] of subsets(life.events).entries()) {
      if (!chosen.gaps(index)) continue;
      const doubled = [...order, ...rotated(order, index)];
      for (const sequence of [doubled, doubled.toReversed()]) {
        const found = await toldAsItHappens(world, life, sequence);
        note('with gaps', sequence, differenceOf(settled(expected), settled(found)));
      }
    }
    return { expected, outcome };
  } finally {
    await life.close();
  }
}

/** Every delivery was late: the provider is at the life's end when the first of them comes. */
async function toldAtTheEnd(world: World, life: Life, order: readonly Told[]): Promise<Standing> {
  await life.rewind();
  await life.standAt(lastPart(life));
  for (const event of order) await deliver(world, life.ctx.clock, event);
  return standingOf(world, life.ctx);
}

/** The provider is never earlier than the latest event that was told; what was not told is found by the reconciler. */
async function toldAsItHappens(
  world: World,
  life: Life,
  order: readonly Told[],
): Promise<Standing> {
  await life.rewind();
  let part = -1;
  for (const event of order) {
    if (event.part > part) {
      part = event.part;
      await life.standAt(part);
    }
    await deliver(world, life.ctx.clock, event);
  }
  if (part < lastPart(life)) await life.standAt(lastPart(life));
  await reconcile(world, life.ctx.clock);
  return standingOf(world, life.ctx);
}

const lastPart = ({ events }: Life) => Math.max(...events.map(({ part }) => part));

/** The way there depends on what was seen of it; it must be one way, to the same end. */
function settled({ state, history }: Standing) {
  const last = history.at(-1);
  return {
    state,
    isOneWay: isChain(history),
    end: { status: last?.status, monthly: last?.monthly_after },
  };
}

function rotated<T>(items: readonly T[], by: number): T[] {
  const at = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

function subsets<T>(items: readonly T[]): T[][] {
  return Array.from({ length: 2 ** items.length }, (_, bits) =>
    items.filter((_item, index) => (bits >> index) % 2 === 1),
  );
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  );
}
