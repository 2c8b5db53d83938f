import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { updateBranding } from '@/lib/domains/tenancy';
import { closeDatabase } from '@/lib/infra/db';
import { closeMailer } from '@/lib/infra/mailer';
import { PeopleWorld } from '@/lib/testing/people-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { mailContent } from './emails/contents';
import { renderHtml, renderText } from './emails/layout';
import type { MailMessage } from './mail-message';
import { sealText } from './queue-mail';
import { endReasons, trialOutcomes } from './subscription-mails';
import { sendQueuedMail } from './send-mail';

const database = useTestDatabase();
const world = new PeopleWorld(database.adminUrl);
const inbox: ParsedMail[] = [];
let refusal: number | null = null;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, _session, done) {
    void simpleParser(stream).then((mail) => {
      if (refusal) {
        done(Object.assign(new Error('refused'), { responseCode: refusal }));
        return;
      }
      inbox.push(mail);
      done();
    });
  },
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  process.env.SMTP_URL = `smtp://127.0.0.1:${port}`;
  await world.open();
});
afterAll(async () => {
  closeMailer();
  await new Promise<void>((resolve) => server.close(resolve));
  await world.close();
  await closeDatabase();
});
beforeEach(() => {
  inbox.length = 0;
  refusal = null;
});

const LINK = 'http://localhost:8080/verify?token=abc&x=1';

function queued(message: MailMessage, tenantId: string | null = null) {
  const mailId = randomUUID();
  return { mailId, tenantId, sealed: sealText(JSON.stringify(message), mailId) };
}

const verify = (tenantName: string): MailMessage => ({
  template: 'verify_email',
  to: 'ann@example.com',
  link: LINK,
  tenantName,
});

describe('a queued mail', () => {
  it('arrives as HTML and text with the link', async () => {
    const mail = queued(verify('Acme & Söhne'));
    await sendQueuedMail(world.info(), mail);
    const [got] = inbox;
    expect(got?.subject).toBe('Confirm your e-mail address');
    expect(got?.text).toContain(LINK);
    expect(got?.html).toContain('href="http://localhost:8080/verify?token=abc&amp;x=1"');
    expect(got?.html).toContain('Acme &amp; Söhne');
    expect(got?.from?.text).toContain('NeoZork');
    expect(got?.messageId).toContain(mail.mailId);
  });

  it('wears the tenant’s name and colours', async () => {
    const { ctx, tenantId, tenant } = await world.owner({ verified: true });
    await world.plan(tenantId, 'enterprise');
    await updateBranding(ctx, { accent: '#7a1f6b' });
    await sendQueuedMail(world.info(), queued(verify(tenant.name), tenantId));
    expect(inbox[0]?.html).toContain('#7a1f6b');
    expect(inbox[0]?.from?.text).toContain(`${tenant.name} via NeoZork`);
  });

  it('goes in the product’s own name for a tenant that set no brand', async () => {
    const { tenantId, tenant } = await world.owner();
    await sendQueuedMail(world.info(), queued(verify(tenant.name), tenantId));
    expect(inbox[0]?.from?.text).not.toContain(tenant.name);
  });

  it('is tried again after a passing fault and given up after a refusal for good', async () => {
    const mail = queued(verify('Acme'));
    refusal = 451;
    await expect(sendQueuedMail(world.info(), mail)).rejects.toThrow(/451/);
    refusal = 550;
    await expect(sendQueuedMail(world.info(), mail)).resolves.toBeUndefined();
    expect(inbox).toHaveLength(0);
  });

  it('keeps neither address nor link readable in the queue, and opens nowhere else', async () => {
    const { email, tenantId } = await world.owner();
    const { rows } = await world.admin.query(
      'SELECT payload::text AS text FROM graphile_worker._private_jobs',
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { text } of rows) {
      expect(text).not.toContain(email);
      expect(text).not.toContain('token');
    }
    const mail = queued(verify('Acme'), tenantId);
    await expect(sendQueuedMail(world.info(), { ...mail, mailId: randomUUID() })).rejects.toThrow(
      /authenticate/,
    );
  });
});

describe('every template', () => {
  const brand = {
    name: '<b>Brand</b>',
    sender: '<b>Brand</b> via NeoZork',
    accent: '#123456',
    onAccent: '#ffffff',
    logoUrl: null,
    homeUrl: 'http://localhost:8080/',
  };
  const tenantName = '<script>alert(1)</script>';
  const base = { to: 'ann@example.com', link: LINK };
  const plan = { tenantName, planName: '<b>Professional</b>' };
  const AT = '2026-04-09T10:00:00.000Z';
  const trial = {
    ...base,
    ...plan,
    template: 'trial_ending',
    endsAt: AT,
    price: '$199.00 a month',
    paidBy: 'your Visa ending 4242',
  } as const;
  const receipt = {
    ...base,
    tenantName,
    template: 'receipt',
    invoice: 'NZ-2026-000001',
    amount: '$199.00',
    paidAt: AT,
  } as const;
  const messages: MailMessage[] = [
    verify(tenantName),
    { ...base, template: 'choose_password', tenantName },
    { ...base, template: 'confirm_tenant', tenantName },
    { ...base, template: 'reset_password' },
    { ...base, template: 'password_changed', othersEnded: true },
    { ...base, template: 'invitation', tenantName, inviter: '"><i>', role: 'viewer' },
    { ...base, template: 'tenant_closed', tenantName, until: '2026-04-09' },
    ...trialOutcomes.map((outcome) => ({ ...trial, outcome })),
    { ...base, ...plan, template: 'payment_returned' },
    { ...base, ...plan, template: 'subscription_ending', until: AT, onTrial: false },
    ...endReasons.map(
      (reason) =>
        ({ ...base, ...plan, template: 'subscription_ended', endedAt: AT, reason }) as const,
    ),
    { ...receipt, lines: ['<i>Professional</i>: $199.00'] },
  ];

  it.each(messages.map((message) => [message.template, message] as const))(
    '%s shows what people typed as text',
    (_, message) => {
      const content = mailContent(message);
      const html = renderHtml(content, brand);
      expect(html).not.toMatch(/<script>|<i>|<b>/);
      expect(html).toContain(content.button.label);
      const text = renderText(content, brand);
      expect(text).toContain(LINK);
      expect(text).toContain(content.heading);
    },
  );
});
