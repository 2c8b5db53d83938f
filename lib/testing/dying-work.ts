import { inSteps, type Steps } from '@/lib/infra/db';

class Died extends Error {}

/** Where a process dies in its work: before its transaction of that number begins, or when it has just committed. */
export type Death = { transaction: number; when: 'before' | 'after' };

/**
 * Does work that dies there as a process does: no transaction follows. Answers whether it died; false when it was
 * done before.
 */
export async function dieDuring(death: Death, work: () => Promise<unknown>): Promise<boolean> {
  let begun = 0;
  let dead = false;
  const die = (): never => {
    dead = true;
    throw new Died('the process died');
  };
  const steps: Steps = {
    next() {
      const strikes = begun === death.transaction;
      begun += 1;
      if (dead || (strikes && death.when === 'before')) die();
      return {
        known: false,
        seal: async () => undefined,
        committed: () => {
          if (strikes) die();
        },
      };
    },
  };
  try {
    await inSteps(steps, work);
  } catch (error) {
    if (!dead) throw error;
  }
  return dead;
}
