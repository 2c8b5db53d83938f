import { takeTry, type Throttle } from '@/lib/domains/identity';
import { keyedHash } from '@/lib/infra/crypto';
import { withSystem } from '@/lib/infra/db';
import type { OperatorCtx, PublicCtx } from '@/lib/kernel/ctx';
import { isDomainError } from '@/lib/kernel/errors';
import { recordPlatformAudit, recordUnsigned } from './platform-audit';
import { limitOf } from './throttle';

const HOUR = 3600;

/**
 * What one sign-in may write: one row for an address and a name in a quarter of an hour, few for an address, and not too many
 * in all, so that whoever guesses can't fill the log.
 */
const roomFor = (what: string, ip: string): Throttle[] => [
  limitOf('refused', `${what} ${ip}`, 1),
  limitOf('refused-address', ip, 5),
  limitOf('refused-all', 'all', 200, HOUR),
];

const hasRoom = async (info: PublicCtx, what: string) =>
  (await takeTry(roomFor(what, info.ip ?? 'unknown'), info.clock.now())) === 0;

/**
 * What was typed as an address, made short: `fi…@example.com`. What doesn't look like one may be a password, and
 * leaves nothing.
 */
export function shortenAddress(typed: string): string {
  const [, start = '', domain = ''] = /^(\S{1,2})\S*@([\w-]+(?:\.[\w-]+)+)$/.exec(typed) ?? [];
  return domain ? `${start}…@${domain.slice(0, 80)}` : '…';
}

/**
 * Writes down that somebody didn't get in with a password: from where, as whom (shortened, and as a hash that tells whether it is the same
 * name again), and why not. Whose account it is stands there when it is an operator's.
 */
export async function recordRefusedSignIn(
  info: PublicCtx,
  email: string,
  why: 'credentials' | 'throttled',
): Promise<void> {
  if (!(await hasRoom(info, `${why} ${email}`))) return;
  await withSystem('operator sign-in refused', async (tx) => {
    const known = await tx.platformOperator.findUnique({ where: { email }, select: { id: true } });
    await recordUnsigned(tx, info, {
      action: 'operator.sign_in_refused',
      object: known
        ? { type: 'operator', id: known.id }
        : { type: 'sign_in', id: shortenAddress(email) },
      after: {
        why,
        email: shortenAddress(email),
        email_hash: keyedHash('operator-sign-in', email).slice(0, 16),
      },
    });
  });
}

/** Writes down that somebody with the operator's password gave a code that isn't good. */
async function recordRefusedCode(ctx: OperatorCtx): Promise<void> {
  const { operatorId } = ctx.actor;
  if (!(await hasRoom(ctx, `code ${operatorId}`))) return;
  await withSystem('operator code refused', (tx) =>
    recordPlatformAudit(tx, ctx, {
      action: 'operator.code_refused',
      object: { type: 'operator', id: operatorId },
    }),
  );
}

/** What `work` comes to; that it was refused for its code is written down, which its own transaction can't do. */
export async function notingWrongCode<T>(ctx: OperatorCtx, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isDomainError(error) && error.kind === 'invalid') await recordRefusedCode(ctx);
    throw error;
  }
}
