import { isStripeRefusal } from '@/lib/infra/stripe';
import { isDomainError } from '@/lib/kernel/errors';
import type { Gateway } from '../port';
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
import { createCustomer } from './customers';
import { findDiscount } from './find-discount';
import { statusOf } from './from-stripe';
import { stripeMeters } from './meters';
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
  createCustomer,
  publishOffer: async (offer) => void (await ensurePrice(offer)),
  checkCoupon: async (code) => void (await findDiscount(code)),
  startTrial,
  startWithCard,
  openSalePage,
  openCardPage,
  closeCheckout,
  push: pushToStripe,
  pull,
  addPendingLine,
  invoicePending,
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
