import { conflict, DomainError } from '@/lib/kernel/errors';
import { secondsOf } from '@/lib/kernel/unix-time';
import { share } from '../../engine';
import { sameTerms } from '../../wish';
import type { Gateway, Push } from '../port';
import {
  capture,
  type Live,
  listTransactions,
  move,
  NOTES,
  retrieve,
  setOutstanding,
  wasPaid,
} from './calls';
import { readPlan } from './catalogue';
import { cycleAt, paidPeriod, termsOfPlan } from './from-paypal';
import { moneyOf } from './money';

/** What PayPal has accepted and may still take: asked again later, it says which. */
const onItsWay = () =>
  new DomainError(
    'unavailable',
    'payment_provider_unavailable',
    'PayPal hasn’t said yet whether it took the payment. The subscription goes on by itself once it has.',
  );

/**
 * Going on after a pause: PayPal bills again at the next boundary, so what remains until there is collected now,
 * unless the period that was paid before still runs. Throws 402 `payment_failed`, 503 while PayPal hasn't decided.
 */
async function collectRemaining(push: Push, live: Live, now: Date): Promise<void> {
  const plan = await readPlan(live.plan_id);
  const paid = plan && paidPeriod(live, plan);
  if (!plan || !paid || paid.end > now) return;
  const period = cycleAt(live, plan, now);
  const all = await listTransactions(live, now);
  const since = all.filter(({ time }) => time > live.status_update_time);
  // Taken before, by a push that ended between this and the next step.
  if (since.some(wasPaid)) return;
  if (since.some(({ status }) => status === 'PENDING')) throw onItsWay();
  const seconds = secondsOf(period.end) - secondsOf(now);
  const amount = share(plan.price, seconds, secondsOf(period.end) - secondsOf(period.start));
  if (amount === 0) return;
  const owed = moneyOf(amount, plan.currency);
  await setOutstanding(live.id, owed);
  const key = `push-${push.subscriptionId}-${push.revision}-resume-${amount}`;
  const made = await capture(live.id, owed, 'The rest of the period', key);
  if (made?.status === 'COMPLETED') return;
  if (made?.status !== 'DECLINED') throw onItsWay();
  await setOutstanding(live.id, moneyOf(0, plan.currency));
  throw new DomainError(
    'payment_required',
    'payment_failed',
    'PayPal declined the payment, so the subscription stays paused. Look at your PayPal account and try again.',
  );
}

const refused = (detail: string) => conflict('provider_refused', detail);

/** Terms that somebody changed at PayPal can't be set back from here: its payer would have to agree. */
async function requireTerms({ wish }: Push, live: Live): Promise<void> {
  const plan = await readPlan(live.plan_id);
  if (plan && sameTerms(termsOfPlan(plan), wish.terms)) return;
  throw refused(
    'This subscription has another plan at PayPal than here, and only its payer can change that. Take over what PayPal has, or cancel it.',
  );
}

/**
 * Compares the subscription with the wish and makes those calls that are missing. An end that waits and a pause are
 * both a suspension, told apart by its note; either can be taken back.
 */
export const pushToPayPal: Gateway['push'] = async (push) => {
  const { wish, providerId, now } = push;
  const live = await retrieve(providerId);
  if (live.status === 'CANCELLED' || live.status === 'EXPIRED') {
    if (wish.end !== 'none') return;
    throw refused(
      'The agreement was ended at PayPal, so it can’t go on. Start the plan again once this one is over.',
    );
  }
  if (wish.end === 'now') return move(live, 'cancel', NOTES.ended);
  await requireTerms(push, live);
  const note = wish.end === 'period_end' ? NOTES.ending : wish.paused ? NOTES.paused : null;
  const suspended = live.status === 'SUSPENDED';
  if (suspended && (live.status_change_note ?? null) === note) return;
  if (suspended && live.status_change_note === NOTES.paused) {
    await collectRemaining(push, live, now);
  }
  if (suspended) await move(live, 'activate', 'Goes on');
  if (note) await move({ id: providerId, status: 'ACTIVE' }, 'suspend', note);
};
