import { createHash } from 'node:crypto';
import { html, type Markup, trusted } from '@/sandbox/pages/html';
import { STYLES } from '@/sandbox/pages/styles';

export type PageAnswer = { status: number; headers: Record<string, string>; body: string };
type PageOptions = {
  title: string;
  script?: string;
  nav?: string;
  notice?: boolean;
  status?: number /** Origins the page's forms end up at. */;
  formTargets?: string[];
};

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const AREAS = [
  ['/', 'Overview'],
  ['/inbox', 'Inbox'],
] as const;

/** A whole page under a policy that allows its own style and script and nothing else. */
export function page(options: PageOptions, body: Markup): PageAnswer {
  const { title, script, nav, notice = true, status = 200 } = options;
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Local sandbox</title>
<link rel="icon" href="data:,">
<style>${trusted(STYLES)}</style>
</head>
<body>
${notice && html`<aside class="notice" aria-label="Sandbox"><b>Local sandbox.</b> No real money moves and no real card works here.</aside>`}
${nav && html`<nav class="top" aria-label="Sandbox"><b>Sandbox</b>${AREAS.map(([href, label]) => html`<a href="${href}"${href === nav && trusted(' aria-current="page"')}>${label}</a>`)}</nav>`}
${body}
${script && html`<script>${trusted(script)}</script>`}
</body>
</html>`;
  const policy = [
    "default-src 'none'",
    `style-src ${hash(STYLES)}`,
    script ? `script-src ${hash(script)}` : "script-src 'none'",
    'img-src data:',
    "frame-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
    body: document.text,
  };
}

export function redirect(location: string): PageAnswer {
  return { status: 303, headers: { location, 'cache-control': 'no-store' }, body: '' };
}

/** A page that says what happened, why, and what to do next. */
export function message(
  title: string,
  text: string,
  status = 200,
  next?: { href: string; label: string },
): PageAnswer {
  return page(
    { title, status },
    html`<main class="wrap narrow"><div class="card stack"><h1>${title}</h1><p>${text}</p>${next && html`<p><a class="btn" href="${next.href}">${next.label}</a></p>`}</div></main>`,
  );
}

export function day(seconds: number | null | undefined): string {
  if (!seconds) return '–';
  return new Date(seconds * 1000).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

export function moment(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
