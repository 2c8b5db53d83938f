import type { Gateway } from '../port';
import { find, listTransactions, move, NOTES } from './calls';
import { centsOf } from './money';
import { refundCapture } from './refund';

/** One that was made twice gave nothing, so that all of what it took is paid back. */
export const discard: Gateway['discard'] = async (providerId) => {
  const live = await find(providerId);
  if (!live) return;
  if (live.status === 'ACTIVE' || live.status === 'SUSPENDED')
    await move(live, 'cancel', NOTES.duplicate);
  const last = live.billing_info?.last_payment;
  if (!last) return;
  for (const { id, status, amount_with_breakdown } of await listTransactions(live, last.time)) {
    if (status !== 'COMPLETED') continue;
    const { gross_amount: gross } = amount_with_breakdown;
    await refundCapture({
      captureId: id,
      amount: centsOf(gross),
      currency: gross.currency_code,
      key: `discard-${id}`,
      note: NOTES.duplicate,
    });
  }
};
