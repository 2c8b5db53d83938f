import { rootUrl } from '@/lib/domains/tenancy';
import { type Tx, withUser } from '@/lib/infra/db';
import type { PublicCtx } from '@/lib/kernel/ctx';
import { invalid, invalidField } from '@/lib/kernel/errors';
import { endSessions, forgetPerson } from './end-session';
import { checkPassword, hashPassword, UNUSABLE_HASH } from './hash-password';
import { lockSessions } from './lock-sessions';
import { peekCode, redeemCode } from './one-time-codes';
import { type BrowserSession, openBrowserSession } from './open-session';
import { passwordFault } from './password-rules';
import type { SessionPrincipal } from './principal';
import { stillProven } from './prove-password';
import { queueMail } from './queue-mail';
import type { ChangePasswordInput, ResetPasswordInput } from './schemas';
import { accountThrottle, addressThrottle, forgive, requireTry } from './throttle';
import { markVerified, staleLink } from './verify-email';

type Known = { email: string; name: string };

function requireGoodPassword(password: string, person: Known): void {
  const fault = passwordFault(password, person);
  if (fault) throw invalid([fault]);
}

async function storePassword(
  tx: Tx,
  userId: string,
  passwordHash: string,
  now: Date,
): Promise<void> {
  // Who proved the old password before this opens a session before this ends them, or not at all.
  await lockSessions(tx, userId);
  await tx.credential.upsert({
    where: { userId },
    create: { userId, passwordHash, changedAt: now },
    update: { passwordHash, changedAt: now },
  });
}

/** Makes the password set so far useless; a mailed link is the only way in until a new one is chosen. */
export async function setUnusablePassword(tx: Tx, userId: string, now: Date): Promise<void> {
  await storePassword(tx, userId, UNUSABLE_HASH, now);
}

/**
 * Sets a new (or the first) password by a mailed link, signs every device out and this browser in.
 * The link proves the address, so that it counts as confirmed, and guesses by others are forgotten.
 * Throws `stale_link`, or the password's own fault.
 */
export async function resetPassword(
  info: PublicCtx,
  { token, password }: ResetPasswordInput,
): Promise<{ session: BrowserSession }> {
  const now = info.clock.now();
  const code = await peekCode('reset_password', token, now);
  if (!code?.userId) throw staleLink();
  const { userId } = code;
  const person = await withUser(userId, (tx) =>
    tx.user.findUniqueOrThrow({ where: { id: userId } }),
  );
  requireGoodPassword(password, person);
  const passwordHash = await hashPassword(password);
  const session = await withUser(userId, async (tx) => {
    if (!(await redeemCode(tx, 'reset_password', token, now))) throw staleLink();
    const had = await tx.credential.count({ where: { userId } });
    await storePassword(tx, userId, passwordHash, now);
    await markVerified(tx, userId, now);
    await endSessions(tx, info, { userId, reason: 'password_changed' });
    if (had > 0) await queueChangeNotice(tx, person.email, true);
    return openBrowserSession(tx, info, { userId, tenantId: null });
  });
  forgetPerson(userId);
  await forgive([accountThrottle(person.email, info, false)], []);
  return { session };
}

/**
 * Changes the password of somebody signed in and, unless told otherwise, signs their other devices out.
 * Throws `wrong_password` for the current one, 429 `rate_limited`.
 */
export async function changePassword(
  info: PublicCtx,
  principal: SessionPrincipal,
  input: ChangePasswordInput,
): Promise<void> {
  const { userId, email, familyId: exceptFamily } = principal;
  const now = info.clock.now();
  const throttles = [accountThrottle(email, info, true), addressThrottle(info)];
  await requireTry(throttles, now, (wait) => `Too many wrong passwords. Wait ${wait}.`);
  const stored = await withUser(userId, (tx) => tx.credential.findUnique({ where: { userId } }));
  const currentHash = stored?.passwordHash ?? null;
  if (!currentHash || !(await checkPassword(input.current_password, currentHash))) {
    throw wrongPassword();
  }
  await forgive([], throttles);
  requireGoodPassword(input.password, principal);
  const passwordHash = await hashPassword(input.password);
  await withUser(userId, async (tx) => {
    if (!(await stillProven(tx, userId, currentHash))) throw wrongPassword();
    await storePassword(tx, userId, passwordHash, now);
    if (input.end_other_sessions) {
      await endSessions(tx, info, { userId, exceptFamily, reason: 'password_changed' });
    }
    await queueChangeNotice(tx, email, input.end_other_sessions);
  });
  if (input.end_other_sessions) forgetPerson(userId, exceptFamily);
}

const wrongPassword = () =>
  invalidField('current_password', 'wrong_password', 'This is not your current password.');

function queueChangeNotice(tx: Tx, to: string, othersEnded: boolean): Promise<void> {
  const link = rootUrl('/forgot-password');
  return queueMail(tx, null, { template: 'password_changed', to, link, othersEnded });
}
