import type { Api } from '@/sandbox/stripe/api';
import type { PageAnswer } from '@/sandbox/pages/layout';
import type { Courier } from '@/sandbox/webhooks/courier';

export type PageCall = {
  api: Api;
  courier: Courier;
  /** The first `:id` of the path. */
  id: string;
  ids: string[];
  query: URLSearchParams;
  form: URLSearchParams;
  json: unknown;
};

/** A page or control endpoint outside Stripe's API; `:id` stands for one segment. */
export type PageRoute = {
  method: 'GET' | 'POST' | 'DELETE' | 'PUT';
  path: string;
  run: (call: PageCall) => PageAnswer | Promise<PageAnswer>;
};

export function json(body: unknown, status = 200): PageAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(body, null, 2),
  };
}
