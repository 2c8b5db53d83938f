import { env } from '@/lib/infra/env';

/** Where a tenant's dashboard is: the root origin with the slug as subdomain. */
export function dashboardUrl(slug: string): string {
  const origin = new URL(env().publicOrigin);
  return `${origin.protocol}//${slug}.${origin.host}`;
}

/** A page of the root host, for links in mails. */
export function rootUrl(path: string): string {
  return `${env().publicOrigin}${path}`;
}
