import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import type { StoredMessage } from '@/sandbox/mail/message';
import { post, useSandbox } from '@/sandbox/testing';

const { get, stripe } = useSandbox();

async function send(to: string, extra: object = {}) {
  const transport = createTransport(get().smtpUrl);
  await transport.sendMail({
    from: 'Product <hello@example.com>',
    to,
    subject: 'Confirm your address',
    text: 'Open https://example.com/verify?t=1&x=2 now.',
    html: '<p>Open <a href="https://example.com/verify?t=1">this</a></p><script>alert(1)</script>',
    ...extra,
  });
  transport.close();
}

async function messages(to: string): Promise<StoredMessage[]> {
  return (
    await fetch(`${get().url}/inbox/api/messages?to=${encodeURIComponent(to)}`)
  ).json() as Promise<StoredMessage[]>;
}

test('mail lands in the inbox and nowhere else, found by any recipient, blind copies too', async () => {
  await send('Ada@Example.com', {
    bcc: 'hidden@example.com',
    attachments: [{ filename: 'a.txt', content: 'hi' }],
  });
  const [mail] = await messages('ada@example.com');
  expect(mail).toMatchObject({
    subject: 'Confirm your address',
    to: ['Ada@example.com', 'hidden@example.com'],
    attachments: [{ name: 'a.txt', bytes: 2 }],
  });
  expect(mail?.text).toContain('https://example.com/verify?t=1&x=2');
  expect(await messages('hidden@')).toHaveLength(1);
  expect(await messages('nobody@')).toEqual([]);
  expect((await stripe().customers.list()).data).toEqual([]);
});

test('the pages escape what a mail says and frame its markup without scripts', async () => {
  await send('page@example.com', { subject: '<b>Bold</b>' });
  const [mail] = await messages('page@example.com');
  const list = await (await fetch(`${get().url}/inbox?to=page`)).text();
  expect(list).toContain('&lt;b&gt;Bold&lt;/b&gt;');
  const page = await (await fetch(`${get().url}/inbox/messages/${mail?.id}`)).text();
  expect(page).toContain('<a href="https://example.com/verify?t=1&amp;x=2"');
  expect(page).toMatch(/<iframe [^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/);
  const body = await fetch(`${get().url}/inbox/messages/${mail?.id}/html`);
  expect(body.headers.get('content-security-policy')).toMatch(
    /^sandbox allow-popups .*default-src 'none'/,
  );
});

test('an empty inbox says what to do; messages can be deleted by recipient', async () => {
  await send('one@example.com');
  await send('two@example.com');
  const gone = await fetch(`${get().url}/inbox/api/messages?to=one@example.com`, {
    method: 'DELETE',
  });
  expect(await gone.json()).toEqual({ deleted: 1 });
  expect(await messages('two@example.com')).toHaveLength(1);
  expect((await post(`${get().url}/inbox/clear`, { to: '' })).status).toBe(303);
  expect(await (await fetch(`${get().url}/inbox`)).text()).toContain('No mail yet.');
});
