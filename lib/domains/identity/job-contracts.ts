import { z } from 'zod';
import { jobContract } from '@/lib/infra/queue';

/**
 * One mail. What it says is sealed, because links that let somebody in have no place in a table of
 * jobs; `mailId` is part of the seal and of the mail's Message-ID, so that a repeat is recognised.
 */
export const sendMailJob = jobContract({
  name: 'identity.send-mail',
  scope: 'system',
  payload: z.object({ mailId: z.uuid(), tenantId: z.uuid().nullable(), sealed: z.string() }),
  maxAttempts: 12,
});

/** Looks for a person and mails them a link: done apart, so that asking takes as long for anybody. */
export const sendResetJob = jobContract({
  name: 'identity.send-reset',
  scope: 'system',
  payload: z.object({ mailId: z.uuid(), sealed: z.string() }),
});

/** Forgets codes, throttles and sessions that are long over. */
export const purgeExpiredJob = jobContract<object>({
  name: 'identity.purge-expired',
  scope: 'system',
  payload: z.object({}),
});
