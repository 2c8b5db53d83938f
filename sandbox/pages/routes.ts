import { checkoutPages } from '@/sandbox/pages/checkout-page';
import { inboxPages } from '@/sandbox/pages/inbox-page';
import type { PageRoute } from '@/sandbox/pages/route';

/** Everything outside Stripe's API. */
export const pages: PageRoute[] = [...checkoutPages, ...inboxPages];
