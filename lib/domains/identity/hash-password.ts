import { verify } from '@node-rs/argon2';
import { passwordHash } from '@/lib/infra/crypto/password-hash';
import { once } from '@/lib/infra/registry';
import { DomainError } from '@/lib/kernel/errors';

/** Hashing at once, and waiting for it, in one process: a flood of sign-ins must not starve the rest. */
const RUNNING = 2;
const WAITING = 100;

type Gate = { running: number; waiting: (() => void)[] };

const gate = () => once<Gate>('identity.hashing', () => ({ running: 0, waiting: [] }));

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = gate();
  if (turn.running >= RUNNING) {
    if (turn.waiting.length >= WAITING) {
      throw new DomainError(
        'unavailable',
        'busy',
        'Too many people are signing in at this moment. Try again in a few seconds.',
        { extra: { retry_after: 5 } },
      );
    }
    await new Promise<void>((resolve) => turn.waiting.push(resolve));
  } else {
    turn.running += 1;
  }
  try {
    return await work();
  } finally {
    // The place is handed on, so that `running` needs no change while somebody waits.
    const next = turn.waiting.shift();
    if (next) next();
    else turn.running -= 1;
  }
}

/** The argon2id hash of a password, in PHC format. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => passwordHash(password));
}

/** The hash of 256 random bits that were thrown away: what no password matches. */
export const UNUSABLE_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$ZwGioQ7vXtzkRM495f6g8A$HTvAM5M3AE6e7wjcdHxw5tAA3ZNGkKmR9yetQRe8kXk';

/**
 * Whether the password is the one behind `stored`. Without a stored hash (unknown person, or one
 * without a password) it works as long on a decoy, so that the time tells nothing.
 */
export async function checkPassword(password: string, stored: string | null): Promise<boolean> {
  const matches = await inTurn(() => verify(stored ?? UNUSABLE_HASH, password.normalize('NFKC')));
  return matches && stored !== null;
}
