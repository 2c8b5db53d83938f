import nodemailer, { type Transporter } from 'nodemailer';
import { env } from '../env';
import { once } from '../registry';

export type Mail = {
  to: string;
  subject: string;
  html: string;
  text: string;
  /** Shown before the sender's address; the product's own name by default. */
  fromName?: string;
  /** The same for every try, so that a mail sent twice shows once. */
  messageId: string;
};

/** The server refused this mail for good (5xx): trying again won't help. */
export class MailRefused extends Error {
  override name = 'MailRefused';
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

const transporter = () =>
  once('mailer', (): Transporter => {
    const { smtpUrl } = env();
    if (!smtpUrl) {
      throw new Error('SMTP_URL is not set, so mail can’t be sent. Name a mail server there.');
    }
    const url = new URL(smtpUrl);
    return nodemailer.createTransport({
      host: url.hostname,
      port: Number(url.port) || (url.protocol === 'smtps:' ? 465 : 587),
      secure: url.protocol === 'smtps:',
      // A server on this machine needs no TLS, and its certificate would name no host anyway.
      ignoreTLS: LOOPBACK.has(url.hostname),
      ...(url.username
        ? {
            auth: {
              user: decodeURIComponent(url.username),
              pass: decodeURIComponent(url.password),
            },
          }
        : {}),
      pool: true,
      maxConnections: 3,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  });

/** Name and address of `MAIL_FROM`, which is `Name <address>` or the address alone. */
function sender(fromName: string | undefined): { name: string; address: string } {
  const match = /^\s*"?([^"<]*?)"?\s*<([^>]+)>\s*$/.exec(env().mailFrom);
  const address = match?.[2] ?? env().mailFrom.trim();
  return { name: fromName ?? match?.[1] ?? 'NeoZork', address };
}

/**
 * Hands one mail to the server named by `SMTP_URL`. Throws `MailRefused` when it refuses for good,
 * another error when trying again may help.
 */
export async function sendMail(mail: Mail): Promise<void> {
  const from = sender(mail.fromName);
  const domain = from.address.split('@')[1] ?? 'localhost';
  try {
    await transporter().sendMail({
      from,
      to: mail.to,
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      messageId: `<${mail.messageId}@${domain}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  } catch (error) {
    const { responseCode } = error as { responseCode?: number };
    if (responseCode !== undefined && responseCode >= 500) {
      throw new MailRefused(`refused for good with ${responseCode}`, { cause: error });
    }
    throw error;
  }
}

/** Ends the open connections to the mail server, when the process stops. */
export function closeMailer(): void {
  if (env().smtpUrl) transporter().close();
}
