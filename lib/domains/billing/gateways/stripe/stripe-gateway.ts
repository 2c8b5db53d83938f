import { isStripeRefusal } from '@/lib/infra/stripe';
import { isDomainError } from '@/lib/kernel/errors';
import type { Gateway } from '../port';
import { addressCustomer } from './address-customer';
import { ensurePrice } from './catalogue';
import {
  closeCheckout,
  discard,
  openCardPage,
  openSalePage,
  startTrial,
  startWithCard,
} from './checkout';
import { stripeClocks } from './clocks';
import { collectOverdue } from './collect-overdue';
import { createCustomer } from './customers';
import { findDiscount, makeDiscount, stillGood } from './discounts';
import { statusOf } from './from-stripe';
import { stripeMeters } from './meters';
import { startByInvoice } from './by-invoice';
import { addPendingLine, invoicePending } from './pending-lines';
import { previewChange, previewRenewal } from './preview';
import { pull } from './pull';
import { pushToStripe } from './push';
import { refund } from './refund';
import { readWebhook, whoseEvent } from './webhooks';

export const stripeGateway: Gateway = {
  name: 'stripe',
  clocks: stripeClocks,
  meters: stripeMeters,
  pendingLines: { add: addPendingLine, invoice: invoicePending },
  cannot: {},
  account: null,
  listsMoneyBack: true,
  pausing:
    'What is unused of the paid time is credited to the next invoice. When you resume, a new period begins that day and is charged.',
  createCustomer,
  addressCustomer,
  publishOffer: async (offer) => void (await ensurePrice(offer)),
  discounts: { find: findDiscount, stillGood, make: makeDiscount },
  findCoupon: (code, sale) => findDiscount(code, sale, 'coupon'),
  startTrial,
  startWithCard,
  startByInvoice,
  openSalePage,
  openCardPage,
  closeCheckout,
  collectOverdue,
  push: pushToStripe,
  pull,
  refund,
  discard,
  previewRenewal,
  previewChange,
  isRefusal: (error) => {
    if (isDomainError(error)) return error.kind === 'invalid' || error.kind === 'payment_required';
    return isStripeRefusal(error);
  },
  statusOf,
  readWebhook,
  whoseEvent,
};
