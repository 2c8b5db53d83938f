import type pg from 'pg';
import type { MailMessage } from '@/lib/domains/identity/mail-message';
import { openText } from '@/lib/domains/identity/queue-mail';

/** What the mails say that wait to be sent, in the order in which they were queued: all, those to an address, those of a tenant. */
export async function queuedMails(
  admin: pg.Client,
  { to, tenantId = null }: { to?: string; tenantId?: string | null } = {},
): Promise<MailMessage[]> {
  const { rows } = await admin.query<{ payload: { mailId: string; sealed: string } }>(
    `SELECT job.payload FROM graphile_worker._private_jobs job
     JOIN graphile_worker._private_tasks task ON task.id = job.task_id
     WHERE task.identifier = 'identity.send-mail' AND ($1::text IS NULL OR job.payload ->> 'tenantId' = $1)
     ORDER BY job.id`,
    [tenantId],
  );
  return rows
    .map(({ payload }) => JSON.parse(openText(payload.sealed, payload.mailId)) as MailMessage)
    .filter((mail) => to === undefined || mail.to === to);
}
