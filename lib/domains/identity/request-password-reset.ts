import { randomUUID } from 'node:crypto';
import { rootUrl } from '@/lib/domains/tenancy';
import { withNobody, withUser } from '@/lib/infra/db';
import { enqueue } from '@/lib/infra/queue';
import type { PublicCtx, RequestInfo } from '@/lib/kernel/ctx';
import { sendResetJob } from './job-contracts';
import { lifetimes } from './limits';
import { issueCode, withdrawCodes } from './one-time-codes';
import { findPersonByEmail } from './prove-password';
import { openText, queueMail, sealText } from './queue-mail';
import type { RequestResetInput } from './schemas';
import { mailThrottle, requireTry } from './throttle';

/**
 * Has a link mailed to whoever has the address. Answers the same, and as fast, whether anybody has:
 * the look-up is a job's. Throws 429 `rate_limited`.
 */
export async function requestPasswordReset(
  info: PublicCtx,
  { email }: RequestResetInput,
): Promise<void> {
  await requireTry(
    [mailThrottle('reset', email)],
    info.clock.now(),
    (wait) => `A link was asked for several times. Look into the spam folder, or wait ${wait}.`,
  );
  const mailId = randomUUID();
  await withNobody((tx) => enqueue(tx, sendResetJob, { mailId, sealed: sealText(email, mailId) }));
}

/** The job behind it: issues the link, when there is such a person. */
export async function sendResetLink(
  info: RequestInfo,
  queued: { mailId: string; sealed: string },
): Promise<void> {
  const person = await findPersonByEmail(openText(queued.sealed, queued.mailId));
  if (!person) return;
  const now = info.clock.now();
  await withUser(person.id, async (tx) => {
    await withdrawCodes(tx, 'reset_password', person.id, now);
    const { token } = await issueCode(tx, {
      purpose: 'reset_password',
      userId: person.id,
      now,
      lifetime: lifetimes.resetPassword,
    });
    const link = rootUrl(`/reset?token=${token}`);
    await queueMail(tx, null, { template: 'reset_password', to: person.email, link });
  });
}
