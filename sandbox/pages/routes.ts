import { checkoutPages } from '@/sandbox/pages/checkout-page';
import { controlPages } from '@/sandbox/pages/control';
import { homePages } from '@/sandbox/pages/home-page';
import { inboxPages } from '@/sandbox/pages/inbox-page';
import { intentPages } from '@/sandbox/pages/intent-page';
import { invoicePages } from '@/sandbox/pages/invoice-page';
import { payPalControls } from '@/sandbox/pages/paypal-controls';
import { payPalPages } from '@/sandbox/pages/paypal-page';
import { portalPages } from '@/sandbox/pages/portal-page';
import type { PageRoute } from '@/sandbox/pages/route';

/** Everything outside Stripe's API. */
export const pages: PageRoute[] = [
  ...homePages,
  ...checkoutPages,
  ...portalPages,
  ...invoicePages,
  ...intentPages,
  ...payPalPages,
  ...payPalControls,
  ...inboxPages,
  ...controlPages,
];
