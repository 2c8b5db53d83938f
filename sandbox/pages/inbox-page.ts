import type { StoredMessage } from '@/sandbox/mail/message';
import { html, type Markup } from '@/sandbox/pages/html';
import { message, page, redirect } from '@/sandbox/pages/layout';
import { json, type PageRoute } from '@/sandbox/pages/route';
import type { Api } from '@/sandbox/stripe/api';

/** Newest first; `to` matches a part of any recipient, without regard to case. */
function find(api: Api, to: string | null): StoredMessage[] {
  const part = to?.trim().toLowerCase();
  return api.store
    .all('_message')
    .filter((each) => !part || each.to.some((address) => address.toLowerCase().includes(part)))
    .reverse();
}

const time = (at: string) => `${at.slice(0, 19).replace('T', ' ')} UTC`;

function linked(text: string): (Markup | string)[] {
  return text
    .split(/(https?:\/\/[^\s<>"')\]]+)/g)
    .map((part, index) =>
      index % 2 ? html`<a href="${part}" target="_blank" rel="noreferrer">${part}</a>` : part,
    );
}

function clear(api: Api, to: string | null): number {
  const gone = find(api, to);
  for (const each of gone) api.store.remove('_message', each.id);
  return gone.length;
}

function show(mail: StoredMessage) {
  return page(
    { title: mail.subject, nav: '/inbox', notice: false },
    html`<main class="wrap stack-l"><div class="stack"><p><a href="/inbox">← All messages</a></p><h1>${mail.subject}</h1>
      <p class="muted">From ${mail.from} to ${mail.to.join(', ')} · ${time(mail.received_at)}</p></div>
      ${mail.html !== null && html`<iframe title="Message" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/inbox/messages/${mail.id}/html"></iframe>`}
      <section class="card stack"><h2>Plain text</h2>${mail.text ? html`<pre>${linked(mail.text)}</pre>` : html`<p class="empty">This message has no plain-text part. Some people and spam filters need one.</p>`}</section>
      ${mail.attachments.length > 0 && html`<section class="card stack"><h2>Attachments</h2>${mail.attachments.map((each) => html`<p>${each.name} <span class="muted">${each.type}, ${each.bytes} bytes</span></p>`)}</section>`}
      <section class="card"><details><summary>Headers</summary><table class="headers">${mail.headers.map((each) => html`<tr><td class="mono">${each.name}</td><td class="mono">${each.value}</td></tr>`)}</table></details></section>
    </main>`,
  );
}

export const inboxPages: PageRoute[] = [
  {
    method: 'GET',
    path: '/inbox',
    run: ({ api, query }) => {
      const to = query.get('to');
      const found = find(api, to);
      const empty = to
        ? `No message to “${to}” yet.`
        : 'No mail yet. Whatever the product sends to the sandbox’s SMTP port lands here and goes nowhere else.';
      return page(
        { title: 'Inbox', nav: '/inbox', notice: false },
        html`<main class="wrap stack"><div class="row between"><h1>Inbox</h1>
          ${found.length > 0 && html`<form method="post" action="/inbox/clear"><input type="hidden" name="to" value="${to}"><button class="btn danger">Delete ${to ? 'these' : 'all'} ${found.length}</button></form>`}</div>
          <form class="row" role="search" method="get"><input name="to" type="search" aria-label="Recipient" placeholder="Search by recipient" value="${to}"></form>
          <div class="card scroll">${
            found.length === 0
              ? html`<p class="empty">${empty}</p>`
              : html`<table><thead><tr><th>Subject</th><th>To</th><th>Received</th></tr></thead>
          <tbody>${found.map((mail) => html`<tr><td><a href="/inbox/messages/${mail.id}">${mail.subject}</a></td><td>${mail.to.join(', ')}</td><td class="when">${time(mail.received_at)}</td></tr>`)}</tbody></table>`
          }</div></main>`,
      );
    },
  },
  {
    method: 'GET',
    path: '/inbox/messages/:id',
    run: ({ api, id }) => {
      const mail = api.store.find('_message', id);
      return mail
        ? show(mail)
        : message('No such message', 'It was deleted, or the sandbox was reset.', 404, {
            href: '/inbox',
            label: 'Open the inbox',
          });
    },
  },
  {
    // The mail's own markup, in a frame without scripts, forms or this page's origin; links open in a new tab.
    method: 'GET',
    path: '/inbox/messages/:id/html',
    run: ({ api, id }) => ({
      status: 200,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy':
          "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline'; font-src data:; base-uri 'self'",
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      },
      body: `<base target="_blank">${api.store.find('_message', id)?.html ?? ''}`,
    }),
  },
  {
    method: 'POST',
    path: '/inbox/clear',
    run: ({ api, form }) => (clear(api, form.get('to')), redirect('/inbox')),
  },
  {
    method: 'GET',
    path: '/inbox/api/messages',
    run: ({ api, query }) => json(find(api, query.get('to'))),
  },
  {
    method: 'DELETE',
    path: '/inbox/api/messages',
    run: ({ api, query }) => json({ deleted: clear(api, query.get('to')) }),
  },
];
