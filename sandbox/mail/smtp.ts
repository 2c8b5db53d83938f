import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { StoredMessage } from '@/sandbox/mail/message';

const MAX_BYTES = 25 * 1024 * 1024;

/** Takes every mail from anyone to anyone and hands it on; nothing is ever sent out. */
export async function startSmtp(options: {
  host: string;
  port: number;
  onMessage: (message: StoredMessage) => void;
}): Promise<{ port: number; close: () => Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    size: MAX_BYTES,
    onAuth: (_auth, _session, done) => done(null, { user: 'anyone' }),
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (stream.sizeExceeded)
          return done(Object.assign(new Error('Message too large'), { responseCode: 552 }));
        const from = session.envelope.mailFrom;
        read(
          Buffer.concat(parts),
          from ? from.address : '',
          session.envelope.rcptTo.map((each) => each.address),
        ).then(
          (message) => {
            options.onMessage(message);
            done();
          },
          (error: Error) => done(error),
        );
      });
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  server.removeAllListeners('error');
  // A client that goes away in mid-talk is its own affair.
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE')
      process.stderr.write(`sandbox mail: ${error.message}\n`);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function read(raw: Buffer, from: string, to: string[]): Promise<StoredMessage> {
  const mail = await simpleParser(raw);
  return {
    id: randomUUID(),
    received_at: new Date().toISOString(),
    from: mail.from?.text ?? from,
    // The envelope knows blind copies that the headers don't show.
    to,
    subject: mail.subject ?? '(no subject)',
    text: mail.text ?? '',
    html: mail.html || null,
    headers: mail.headerLines.map(({ key, line }) => ({
      name: key,
      value: line.slice(line.indexOf(':') + 1).trim(),
    })),
    attachments: mail.attachments.map((each) => ({
      name: each.filename ?? 'unnamed',
      type: each.contentType,
      bytes: each.size,
    })),
    raw: raw.toString('utf8'),
  };
}
