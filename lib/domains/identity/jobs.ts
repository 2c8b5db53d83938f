import { withSystem } from '@/lib/infra/db';
import { type JobHandler, jobHandler, type Schedule } from '@/lib/infra/queue';
import { purgeExpiredJob, sendMailJob, sendResetJob } from './job-contracts';
import { sendResetLink } from './request-password-reset';
import { sendQueuedMail } from './send-mail';

const DAY = 86_400_000;

export const jobs: JobHandler[] = [
  jobHandler(sendMailJob, sendQueuedMail),
  jobHandler(sendResetJob, sendResetLink),
  jobHandler(purgeExpiredJob, async (info) => {
    const ago = (days: number) => new Date(info.clock.now().getTime() - days * DAY);
    await withSystem('identity.purge-expired', async (tx) => {
      await tx.oneTimeCode.deleteMany({ where: { expiresAt: { lt: ago(7) } } });
      await tx.throttle.deleteMany({ where: { updatedAt: { lt: ago(1) } } });
      // Kept for a while after their end: the person may ask which devices they had.
      await tx.session.deleteMany({
        where: {
          OR: [{ absoluteExpiresAt: { lt: ago(90) } }, { revokedAt: { lt: ago(90) } }],
        },
      });
    });
  }),
];

export const schedules: Schedule[] = [
  { contract: purgeExpiredJob, cron: '17 3 * * *', payload: {} },
];
