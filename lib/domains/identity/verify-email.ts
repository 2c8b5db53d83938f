import { rootUrl } from '@/lib/domains/tenancy';
import { type Tx, withUser } from '@/lib/infra/db';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { conflict, invalidField } from '@/lib/kernel/errors';
import { forgetPerson } from './end-session';
import { lifetimes } from './limits';
import { issueCode, peekCode, redeemCode, withdrawCodes } from './one-time-codes';
import type { SessionPrincipal } from './principal';
import { queueMail } from './queue-mail';
import { mailThrottle, requireTry } from './throttle';

/** What every page behind a mailed link says when the link is no longer good. */
export const staleLink = () =>
  invalidField(
    'token',
    'stale_link',
    'This link has been used already or is too old. Ask for a new one.',
  );

/** Marks the person's address as theirs, in their transaction. */
export async function markVerified(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx.user.updateMany({
    where: { id: userId, emailVerifiedAt: null },
    data: { emailVerifiedAt: now, updatedAt: now },
  });
}

/** Confirms an e-mail address by the mailed link. Throws `stale_link`. */
export async function verifyEmail(info: PublicCtx, token: string): Promise<{ email: string }> {
  const now = info.clock.now();
  const code = await peekCode('verify_email', token, now);
  if (!code?.userId) throw staleLink();
  const { userId } = code;
  const email = await withUser(userId, async (tx) => {
    if (!(await redeemCode(tx, 'verify_email', token, now))) throw staleLink();
    await markVerified(tx, userId, now);
    const person = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    return person.email;
  });
  forgetPerson(userId);
  return { email };
}

/** Queues the mail that asks a new person to confirm their address. */
export async function queueVerification(
  tx: Tx,
  person: { id: string; email: string },
  tenant: { id: string | null; name: string },
  now: Date,
): Promise<void> {
  await withdrawCodes(tx, 'verify_email', person.id, now);
  const { token } = await issueCode(tx, {
    purpose: 'verify_email',
    userId: person.id,
    now,
    lifetime: lifetimes.verifyEmail,
  });
  await queueMail(tx, tenant.id, {
    template: 'verify_email',
    to: person.email,
    link: rootUrl(`/verify?token=${token}`),
    tenantName: tenant.name,
  });
}

/** Sends the confirmation mail once more. Throws 409 `already_verified`, 429 `rate_limited`. */
export async function resendVerification(
  info: PublicCtx,
  principal: SessionPrincipal,
): Promise<void> {
  const now = info.clock.now();
  const { userId, email } = principal;
  await requireTry(
    [mailThrottle('verify', email)],
    now,
    (wait) =>
      `The mail was sent several times already. Look into the spam folder, or wait ${wait}.`,
  );
  await withUser(userId, async (tx) => {
    const person = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    if (person.emailVerifiedAt) {
      throw conflict('already_verified', 'This address is confirmed already.');
    }
    await queueVerification(tx, person, { id: null, name: 'Your workspace' }, now);
  });
}
