import type { Route } from '@/sandbox/http/route';
import { catalogueRoutes } from '@/sandbox/stripe/catalogue-routes';
import { checkoutRoutes } from '@/sandbox/stripe/checkout-routes';
import { customerRoutes } from '@/sandbox/stripe/customer-routes';
import { eventRoutes } from '@/sandbox/stripe/event-routes';
import { invoiceRoutes } from '@/sandbox/stripe/invoice-routes';
import { paymentIntentRoutes } from '@/sandbox/stripe/payment-intent-routes';
import { paymentMethodRoutes } from '@/sandbox/stripe/payment-methods';
import { setupIntentRoutes } from '@/sandbox/stripe/setup-intents';
import { subscriptionRoutes } from '@/sandbox/stripe/subscription-routes';
import { creditNoteRoutes } from '@/sandbox/stripe/credit-note-routes';
import { disputeRoutes } from '@/sandbox/stripe/dispute-routes';
import { invoiceItemRoutes } from '@/sandbox/stripe/invoice-item-routes';
import { meterRoutes } from '@/sandbox/stripe/meter-routes';
import { portalRoutes } from '@/sandbox/stripe/portal-routes';
import { refundRoutes } from '@/sandbox/stripe/refund-routes';
import { scheduleRoutes } from '@/sandbox/stripe/schedule-routes';
import { subscriptionItemRoutes } from '@/sandbox/stripe/subscription-item-routes';
import { pauseRoutes } from '@/sandbox/stripe/subscription-pause';
import { taxIdRoutes } from '@/sandbox/stripe/tax-id-routes';
import { taxRateRoutes } from '@/sandbox/stripe/tax-rate-routes';
import { testClockRoutes } from '@/sandbox/stripe/test-clock-routes';

/** Every endpoint of Stripe's API that the sandbox answers. All others are an explicit 501. */
export const routes: Route[] = [
  ...customerRoutes,
  ...catalogueRoutes,
  ...paymentMethodRoutes,
  ...paymentIntentRoutes,
  ...setupIntentRoutes,
  ...subscriptionRoutes,
  ...pauseRoutes,
  ...invoiceRoutes,
  ...checkoutRoutes,
  ...eventRoutes,
  ...creditNoteRoutes,
  ...disputeRoutes,
  ...invoiceItemRoutes,
  ...meterRoutes,
  ...portalRoutes,
  ...refundRoutes,
  ...scheduleRoutes,
  ...subscriptionItemRoutes,
  ...taxIdRoutes,
  ...taxRateRoutes,
  ...testClockRoutes,
];
