import { basisPoints } from './exact';
import type { Invoice, Scenario } from './scenario';

export interface Refund {
  at: number;
  invoice: number;
  asked: number;
  given: number;
}

/** Rule 15: each refund gives at most what was paid on its invoice less what was given back before. */
export function refundsOf(scenario: Scenario, invoices: readonly Invoice[]): Refund[] {
  const left = invoices.map((invoice) => invoice.due);
  const refunds: Refund[] = [];
  for (const act of scenario.acts) {
    if (act.do !== 'refund') continue;
    const invoice = invoices[act.invoice];
    if (invoice === undefined || invoice.at > act.at) continue;
    const asked = basisPoints(invoice.due, act.share);
    const given = Math.min(asked, left[act.invoice] ?? 0);
    left[act.invoice] = (left[act.invoice] ?? 0) - given;
    refunds.push({ at: act.at, invoice: act.invoice, asked, given });
  }
  return refunds;
}
