import type pg from 'pg';
import type { MailMessage } from '@/lib/domains/identity/mail-message';
import { openText } from '@/lib/domains/identity/queue-mail';

/** What the mails say that wait to be sent to an address, in the order in which they were queued. */
export async function queuedMails(admin: pg.Client, to: string): Promise<MailMessage[]> {
  const { rows } = await admin.query<{ payload: { mailId: string; sealed: string } }>(
    `SELECT job.payload FROM graphile_worker._private_jobs job
     JOIN graphile_worker._private_tasks task ON task.id = job.task_id
     WHERE task.identifier = 'identity.send-mail' ORDER BY job.id`,
  );
  return rows
    .map(({ payload }) => JSON.parse(openText(payload.sealed, payload.mailId)) as MailMessage)
    .filter((mail) => mail.to === to);
}
