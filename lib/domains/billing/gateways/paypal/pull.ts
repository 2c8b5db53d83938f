import type { ProviderInvoice, ProviderSubscription } from '../../provider-state';
import type { Gateway } from '../port';
import {
  find,
  type Live,
  listTransactions,
  move,
  NOTES,
  retrieve,
  type Transaction,
  wasPaid,
} from './calls';
import { type PayPalPlan, readPlan } from './catalogue';
import { settleCheckout } from './checkout';
import { composeInvoices } from './compose-invoices';
import { discard } from './discard';
import { toProviderSubscription } from './from-paypal';
import { readMoneyBack } from './money-back';

/** How often an open page is looked at: PayPal doesn't tell when its payer agrees. */
const LOOK_MS = 10 * 60_000;

/** How often a refund on its way is looked at, for PayPal doesn't tell when one fails. */
const REFUND_LOOK_MS = 6 * 3_600_000;

const BEFORE_CONSENT = new Set(['APPROVAL_PENDING', 'APPROVED']);

type Read = {
  subscription: ProviderSubscription;
  invoices: ProviderInvoice[];
  payments: Transaction[];
};

/** What is over here and can still go on there is ended there too. */
const OVER: Record<string, string> = {
  'SUSPENDED, period over': NOTES.ending,
  'ACTIVE, first payment failed': NOTES.unpaid,
};

/** PayPal takes a first payment a while after it began: what was made twice may be paid after its end. */
const tookAfterAll = ({ status_change_note: note, billing_info }: Live) =>
  note === NOTES.duplicate && billing_info?.last_payment !== undefined;

async function finish(live: Live, subscription: ProviderSubscription): Promise<void> {
  const reason = OVER[subscription.providerStatus];
  if (tookAfterAll(live)) await discard(live.id);
  if (reason) await move(live, 'cancel', reason);
}

/** What PayPal gave up and was paid since goes on, whoever took the payment. */
async function goOn(
  live: Live,
  plan: PayPalPlan | null,
  transactions: readonly Transaction[],
  now: Date,
): Promise<Live> {
  const { providerStatus } = toProviderSubscription(live, plan, transactions, now);
  if (providerStatus !== 'SUSPENDED, paid since') return live;
  await move(live, 'activate', 'Paid');
  return retrieve(live.id);
}

async function read(found: Live | null, now: Date): Promise<Read | null> {
  if (!found || BEFORE_CONSENT.has(found.status)) return null;
  const plan = await readPlan(found.plan_id);
  const transactions = plan ? await listTransactions(found, now) : [];
  const live = await goOn(found, plan, transactions, now);
  const subscription = toProviderSubscription(live, plan, transactions, now);
  await finish(live, subscription);
  return {
    subscription,
    invoices: plan ? composeInvoices(live, plan, transactions) : [],
    payments: transactions.filter(wasPaid),
  };
}

const newestFirst = (a: { createdAt: Date }, b: { createdAt: Date }) =>
  b.createdAt.getTime() - a.createdAt.getTime();

const earliest = (dates: readonly (Date | null)[]): Date | null =>
  dates.reduce<Date | null>(
    (first, date) => (date && (!first || date < first) ? date : first),
    null,
  );

/** PayPal can't list a customer's subscriptions, so those that are known here are read one by one. */
export const pull: Gateway['pull'] = async (_customer, from) => {
  const { checkoutId, since, known, mentioned, now } = from;
  const taken = checkoutId !== null && known.includes(checkoutId);
  const page = checkoutId ? await settleCheckout(checkoutId, { taken, now }) : null;
  const found: Read[] = [];
  for (const id of new Set([...known, ...(checkoutId ? [checkoutId] : [])])) {
    const live = page && id === checkoutId ? page.live : await find(id);
    const one = await read(live, now);
    if (one) found.push(one);
  }
  const subscriptions = found.map(({ subscription }) => subscription).toSorted(newestFirst);
  // Looked for among all payments where everything is asked for; else it is known where to look.
  const payments = mentioned.all ? found.flatMap((one) => one.payments) : [];
  const moneyBack = await readMoneyBack(mentioned, { payments, now });
  const onItsWay = moneyBack.refunds.some(({ status }) => status === 'sent');
  const waits = page?.status === 'open' || page?.status === 'agreed';
  return {
    gateway: 'paypal',
    subscriptions,
    invoices: found
      .flatMap(({ invoices }) => invoices)
      .filter(({ createdAt }) => !since || createdAt >= since)
      .toSorted(newestFirst),
    ...moneyBack,
    checkout: checkoutId && page ? { id: checkoutId, status: page.status } : null,
    lookAgainAt: earliest([
      waits ? new Date(now.getTime() + LOOK_MS) : null,
      onItsWay ? new Date(now.getTime() + REFUND_LOOK_MS) : null,
      ...subscriptions.map(({ status, cancelAt }) => (status === 'cancelled' ? null : cancelAt)),
    ]),
  };
};
