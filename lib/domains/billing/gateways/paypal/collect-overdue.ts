import { isPayPalRefusal } from '@/lib/infra/paypal';
import { DomainError } from '@/lib/kernel/errors';
import type { Gateway } from '../port';
import { capture, listTransactions, type Live, retrieve } from './calls';
import { centsOf, type PayPalMoney } from './money';

/** What PayPal couldn't take; null when nothing is open. */
function balanceOf({ billing_info }: Live): PayPalMoney | null {
  const balance = billing_info?.outstanding_balance;
  return balance && centsOf(balance) > 0 ? balance : null;
}

/**
 * Whether PayPal took a balance, or will. What it refuses is no fault when nothing is open any more: somebody was faster.
 */
async function isTaken(id: string, owed: PayPalMoney, key: string): Promise<boolean> {
  try {
    const made = await capture(id, owed, 'What was overdue', key);
    return made?.status !== 'DECLINED';
  } catch (error) {
    if (!isPayPalRefusal(error) || balanceOf(await retrieve(id))) throw error;
    return true;
  }
}

/** Takes the whole outstanding balance, while PayPal goes on billing or after it gave up (its guide “Payment failures and recovering balances”). */
export const collectOverdue: Gateway['collectOverdue'] = async ({
  subscriptionId,
  providerId,
  attempt,
  now,
}) => {
  const live = await retrieve(providerId);
  const owed = balanceOf(live);
  if (!owed) return;
  const attempts = (await listTransactions(live, now)).length;
  const key = `overdue-${subscriptionId}-${owed.value}-${attempts}-${attempt}`;
  if (await isTaken(live.id, owed, key)) return;
  throw new DomainError(
    'payment_required',
    'payment_failed',
    'PayPal declined the payment, so it is still overdue. Look at your PayPal account, for its balance and its cards, and try again.',
  );
};
