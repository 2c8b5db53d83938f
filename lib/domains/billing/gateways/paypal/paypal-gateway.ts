import { isPayPalRefusal } from '@/lib/infra/paypal';
import { invalidField, isDomainError } from '@/lib/kernel/errors';
import { publicId } from '@/lib/kernel/ids';
import type { Gateway } from '../port';
import { ensurePlan } from './catalogue';
import { closeCheckout, openSalePage } from './checkout';
import { collectOverdue } from './collect-overdue';
import { discard } from './discard';
import { previewRenewal } from './preview';
import { pull } from './pull';
import { pushToPayPal } from './push';
import { statusOf } from './read-status';
import { refund } from './refund';
import { readWebhook, whoseEvent } from './webhooks';

const CHANGE =
  'A plan that is paid by PayPal can’t be changed, because PayPal charges only what its payer agreed to. Cancel it at the end of the period and start the other plan then; paid by card, plans can be changed at any time.';

const ADD_ONS =
  'Add-ons can’t be bought for a plan that is paid by PayPal, because PayPal charges only what its payer agreed to. Paid by card, they can be added at any time.';

const CARD =
  'PayPal collects this subscription, so no card is charged. Change how it is paid in your PayPal account.';

const BEYOND =
  'PayPal collects the plan’s price alone, so nothing can be let in beyond the limit. Move to a larger plan, or pay by card.';

const PAUSING =
  'At PayPal the paid time runs on. Resume within it and nothing is charged; later, the rest of the period is charged that day.';

const notHere = (what: string) => new RangeError(`PayPal has no ${what}: a page is opened instead`);

export const payPalGateway: Gateway = {
  name: 'paypal',
  clocks: null,
  meters: null,
  pendingLines: null,
  cannot: {
    change_now: CHANGE,
    change_at_period_end: CHANGE,
    set_add_ons: ADD_ONS,
    replace_card: CARD,
    let_in_beyond: BEYOND,
  },
  account: 'PayPal',
  listsMoneyBack: false,
  pausing: PAUSING,
  /** PayPal knows payers, not customers: who pays is seen once they agreed. */
  createCustomer: ({ tenantId }) => Promise.resolve(publicId('tenant', tenantId)),
  addressCustomer: null,
  publishOffer: async (offer) => void (await ensurePlan(offer)),
  discounts: null,
  findCoupon: () =>
    Promise.reject(
      invalidField(
        'coupon',
        'coupon_invalid',
        'Coupons count for payment by card only. Pay by card, or leave the coupon out.',
      ),
    ),
  startTrial: () => Promise.resolve(null),
  startWithCard: () => Promise.resolve(false),
  startByInvoice: null,
  openSalePage,
  openCardPage: () => Promise.reject(notHere('page for cards')),
  closeCheckout,
  collectOverdue,
  push: pushToPayPal,
  pull,
  refund,
  discard,
  previewRenewal,
  previewChange: () => Promise.reject(notHere('change within a period')),
  isRefusal: (error) => {
    if (isDomainError(error) && error.kind !== 'unavailable') return true;
    return isPayPalRefusal(error);
  },
  statusOf,
  readWebhook,
  whoseEvent,
};
