import { setTimeout as pause } from 'node:timers/promises';
import { callStripe, type Stripe } from '@/lib/infra/stripe';
import { DomainError } from '@/lib/kernel/errors';
import { secondsOf } from '@/lib/kernel/unix-time';
import type { Clocks } from '../port';

/** How often it is asked whether a clock has arrived, in ms, and for how long. */
const ASK_EVERY_MS = 500;
const WITHIN_MS = 120_000;

const readClock = (id: string) =>
  callStripe((stripe) => stripe.testHelpers.testClocks.retrieve(id));

async function untilReady(id: string): Promise<Stripe.TestHelpers.TestClock> {
  const end = Date.now() + WITHIN_MS;
  for (;;) {
    const clock = await readClock(id);
    if (clock.status === 'ready') return clock;
    if (clock.status === 'internal_failure' || Date.now() > end) {
      throw new DomainError(
        'unavailable',
        'clock_stuck',
        'The test clock at the payment provider doesn’t arrive. It is tried again by itself.',
      );
    }
    await pause(ASK_EVERY_MS);
  }
}

export const stripeClocks: Clocks = {
  async open(at, name) {
    const clock = await callStripe((stripe) =>
      stripe.testHelpers.testClocks.create({ frozen_time: secondsOf(at), name }),
    );
    return clock.id;
  },
  async moveTo(clockId, to) {
    const clock = await untilReady(clockId);
    if (clock.frozen_time >= secondsOf(to)) return;
    await callStripe((stripe) =>
      stripe.testHelpers.testClocks.advance(clockId, { frozen_time: secondsOf(to) }),
    );
    await untilReady(clockId);
  },
};
