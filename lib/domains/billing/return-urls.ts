import { dashboardUrl } from '@/lib/domains/tenancy';
import { env } from '@/lib/infra/env';
import { invalidField } from '@/lib/kernel/errors';

/**
 * Whether a browser may be sent to `url` after the hosted checkout: the product's own hosts with
 * their own scheme and port, or any https address without user name and password. The address is
 * given by somebody who may buy for the tenant and carries nothing secret, so another https site
 * (an API client's own) is theirs to choose; scripts, files and plain http elsewhere are not.
 */
function isAllowed(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const target = new URL(url);
  if (target.username !== '' || target.password !== '') return false;
  const own = new URL(env().publicOrigin);
  const onOwnHost =
    target.hostname === own.hostname || target.hostname.endsWith(`.${own.hostname}`);
  if (onOwnHost) return target.protocol === own.protocol && target.port === own.port;
  return target.protocol === 'https:';
}

function checked(path: 'success_url' | 'cancel_url', url: string): string {
  if (isAllowed(url)) return url;
  throw invalidField(
    path,
    'url_not_allowed',
    'Give an https address, or one on this product’s own hosts, without user name and password.',
  );
}

/** Where the browser goes after a page that took another card: the tenant's billing page, which tells what came of it. */
export function cardReturnUrls(slug: string): { successUrl: string; cancelUrl: string } {
  const billing = `${dashboardUrl(slug)}/billing`;
  return { successUrl: `${billing}?checkout=card`, cancelUrl: `${billing}?checkout=card_left` };
}

/** Where the browser goes after checkout; the tenant's billing page unless told otherwise. */
export function returnUrls(
  slug: string,
  wish: { success_url?: string | undefined; cancel_url?: string | undefined },
): { successUrl: string; cancelUrl: string } {
  const billing = `${dashboardUrl(slug)}/billing`;
  return {
    successUrl: wish.success_url
      ? checked('success_url', wish.success_url)
      : `${billing}?checkout=success`,
    cancelUrl: wish.cancel_url
      ? checked('cancel_url', wish.cancel_url)
      : `${billing}?checkout=cancelled`,
  };
}
