import { deserialize, serialize } from 'node:v8';
import { decrypt, encrypt, sha256 } from '@/lib/infra/crypto';
import type { Step, StepQuery, Steps } from '@/lib/infra/db';
import { conflict } from '@/lib/kernel/errors';

/** What a transaction answered; `label` tells whether the run that goes on is at the same place. */
type Remembered = { label: string; result: unknown };

const KEEP = 'SELECT door.keep_step($1, $2::uuid, $3) AS outcome';

const placeOf = (scope: string) => `idempotency_record.steps.${scope}`;

const takenOver = () =>
  conflict(
    'idempotency_in_flight',
    'This request was taken over by a repeated one with the same Idempotency-Key. Send it again to get its answer.',
  );

const outcomeUnknown = () =>
  conflict(
    'idempotency_outcome_unknown',
    'An earlier request with this Idempotency-Key was cut off after it had changed something, and the service was updated since. Look at what is there before you send it with another key.',
  );

/**
 * The steps of a request under its claim. What a transaction answers is stored, encrypted, with the
 * transaction itself; a later run under the same key gets it from there instead of doing the work
 * again. Readings are stored with the next transaction that writes, because the work built on them.
 */
export function rememberedSteps(scope: string, claim: string, stored: readonly Buffer[]): Steps {
  const past = stored.flatMap((one) => open(one, scope));
  let readings: Remembered[] = [];
  return {
    next(text): Step {
      const label = sha256(text).slice(0, 16);
      const known = past.shift();
      if (known) {
        if (known.label !== label) throw outcomeUnknown();
        return { known: true, result: known.result };
      }
      let sealed = readings;
      return {
        known: false,
        seal: async (result, query) => {
          const all = [...readings, { label, result }];
          const outcome = await keep(scope, claim, all, query);
          if (outcome === 'lost') throw takenOver();
          sealed = outcome === 'kept' ? [] : all;
        },
        committed: () => {
          readings = sealed;
        },
      };
    },
  };
}

async function keep(scope: string, claim: string, steps: Remembered[], query: StepQuery) {
  const row = await query(KEEP, [scope, claim, encrypt(serialize(steps), placeOf(scope))]);
  return (row as { outcome: 'read' | 'kept' | 'lost' }).outcome;
}

function open(sealed: Buffer, scope: string): Remembered[] {
  // Sealed by this module alone: the encryption authenticates it.
  return deserialize(decrypt(sealed, placeOf(scope))) as Remembered[];
}
