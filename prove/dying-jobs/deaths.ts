import { isDeepStrictEqual } from 'node:util';
import { booksOf } from '@/lib/testing/billing-books';
import { differenceOf } from '@/lib/testing/difference';
import { type Death, dieDuring } from '@/lib/testing/dying-work';
import { ProviderStates } from '@/lib/testing/provider-states';
import { doQueued } from '@/lib/testing/queued-jobs';
import { rememberTenant } from '@/lib/testing/rewind-tenant';
import { type Scene, type Stage, scenes } from './scenes';

/** As often as the client tries one call. */
const TRIES = 3;
/** What a job of billing leaves to another; mails and counters are of other rooms. */
const BILLING = ['receive', 'provision', 'push', 'converge', 'begin_overage', 'close_months'].map(
  (name) => `billing.${name}`,
);
/** A part of a period costs some cents less when some seconds have passed. */
const SECONDS_COST = 10;

export interface Outcome {
  deaths: number;
  /** After which the books were otherwise than after work that nobody disturbed. */
  wrong: string[];
}

/** Which of the possible deaths are tried, by their number. */
export type Chosen = (step: number) => boolean;

/**
 * Sets a scene, lets its work be done undisturbed, and then again and again: dying before and after each transaction, and
 * before and after each call that changes something at the provider. Each time it is repeated as the queue does, twice.
 */
export async function tryDeaths(stage: Stage, name: string, chosen: Chosen): Promise<Outcome> {
  const prepare = scenes[name];
  if (!prepare) throw new RangeError(`no scene ${name}`);
  const states = await ProviderStates.begin(stage.world);
  try {
    await stage.time.moveTo(new Date());
    const scene = await prepare(stage);
    const rewind = await rewindable(stage, states, scene);
    const before = await booksOf(stage.world, scene.ctx.tenantId);
    await scene.work();
    const expected = await goOn(stage, scene);
    if (isDeepStrictEqual(before, expected)) throw new Error(`nothing is done: ${name}`);
    const outcome: Outcome = { deaths: 0, wrong: [] };
    for (const when of ['before', 'after'] as const) {
      for (const die of [dieInDatabase, dieAtProvider]) {
        for (let step = 0, over = false; !over; step += 1) {
          if (!chosen(step) && step < LONGEST) continue;
          await rewind();
          over = !(await die(stage, scene, { transaction: step, when }));
          outcome.deaths += over ? 0 : 1;
          const difference = differenceOf(expected, await goOn(stage, scene), secondsApart);
          if (difference) outcome.wrong.push(`${name}: ${die.name} ${when} ${step}\n${difference}`);
        }
      }
    }
    return outcome;
  } finally {
    await states.forget();
  }
}

/** No work has as many steps. */
const LONGEST = 200;

async function rewindable({ world }: Stage, states: ProviderStates, { ctx }: Scene) {
  await states.keep('scene');
  const putBack = await rememberTenant(world.admin, ctx.tenantId);
  return async () => {
    await states.goOnFrom('scene');
    await putBack();
    await world.admin.query(`DELETE FROM graphile_worker._private_jobs`);
    await world.admin.query(
      'UPDATE webhook_inbox SET processed_at = NULL, outcome = NULL, attempts = 0',
    );
  };
}

async function goOn({ world, time }: Stage, { ctx, work }: Scene) {
  await work();
  await work();
  await doQueued(world, time.clock, BILLING);
  return booksOf(world, ctx.tenantId);
}

function dieInDatabase(_stage: Stage, { work }: Scene, death: Death): Promise<boolean> {
  return dieDuring(death, work);
}

async function dieAtProvider({ world }: Stage, { work }: Scene, death: Death): Promise<boolean> {
  const { when, transaction: skip } = death;
  const trouble = world.trouble({ path: '/v1/', when, times: TRIES, writes: true, skip });
  await work().catch((error: { kind?: string }) => {
    if (error.kind !== 'unavailable') throw error;
  });
  const died = trouble.times < TRIES;
  trouble.times = 0;
  return died;
}

/** Amounts that only seconds have changed. */
function secondsApart(expected: unknown, found: unknown): boolean {
  const [a, b] = [Number(expected), Number(found)];
  return Math.abs(a) > 1_000 && Math.abs(a - b) <= SECONDS_COST;
}
