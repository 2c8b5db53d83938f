import { log } from '@/lib/infra/log';
import { MailRefused, sendMail } from '@/lib/infra/mailer';
import type { RequestInfo } from '@/lib/kernel/ctx';
import { mailContent } from './emails/contents';
import { renderHtml, renderText } from './emails/layout';
import { mailBrand } from './mail-brand';
import { mailMessage } from './mail-message';
import { openText } from './queue-mail';

export type QueuedMail = { mailId: string; tenantId: string | null; sealed: string };

/** Writes and sends a queued mail. Throws when trying again may help; a refusal for good is logged. */
export async function sendQueuedMail(info: RequestInfo, queued: QueuedMail): Promise<void> {
  const message = mailMessage.parse(JSON.parse(openText(queued.sealed, queued.mailId)));
  const content = mailContent(message);
  const brand = await mailBrand(info, queued.tenantId);
  try {
    await sendMail({
      to: message.to,
      subject: content.subject,
      html: renderHtml(content, brand),
      text: renderText(content, brand),
      messageId: queued.mailId,
      fromName: brand.sender,
    });
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error;
    log().warn({ err: error, mailId: queued.mailId, template: message.template }, 'mail refused');
  }
}
