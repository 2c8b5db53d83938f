import { randomUUID } from 'node:crypto';
import { decrypt, encrypt } from '@/lib/infra/crypto';
import type { Tx } from '@/lib/infra/db';
import { enqueue } from '@/lib/infra/queue';
import { sendMailJob } from './job-contracts';
import { type MailMessage, mailMessage } from './mail-message';

const placeOf = (mailId: string) => `mail:${mailId}`;

export function sealText(text: string, mailId: string): string {
  return encrypt(Buffer.from(text), placeOf(mailId)).toString('base64');
}

export function openText(sealed: string, mailId: string): string {
  return decrypt(Buffer.from(sealed, 'base64'), placeOf(mailId)).toString();
}

/**
 * Queues a mail in the transaction of what it tells of. With a tenant it wears the tenant's colours
 * and logo.
 */
export async function queueMail(
  tx: Tx,
  tenantId: string | null,
  message: MailMessage,
): Promise<void> {
  const mailId = randomUUID();
  const sealed = sealText(JSON.stringify(mailMessage.parse(message)), mailId);
  await enqueue(tx, sendMailJob, { mailId, tenantId, sealed });
}
