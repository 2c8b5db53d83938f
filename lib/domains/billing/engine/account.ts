import { composeInvoice } from './compose-invoice';
import { billedBy, creditLines, inOrder, periodLines, remainingLine, trialLine } from './lines';
import { periodAt } from './periods';
import type { Account, Billed, Instant, InvoiceReason, Item, Line, Outcome, Terms } from './types';

/** An invoice of what is pending and `lines`; from then on, `lines` is what the running period was billed. */
function invoiced(
  account: Account,
  at: Instant,
  reason: InvoiceReason,
  lines: readonly Line[],
  kept: readonly Billed[] = [],
): Outcome {
  const composed = composeInvoice(account, at, reason, [...account.pending, ...lines]);
  const own = composed.invoice.lines.slice(account.pending.length);
  const billed = [...kept, ...billedBy(own, account.terms.items)];
  return { account: { ...composed.account, pending: [], billed }, invoices: [composed.invoice] };
}

/** The period that holds `at`, on the account's anchor, with its invoice: starts, renewals, resumptions. */
function beginPeriod(account: Account, at: Instant, reason: InvoiceReason): Outcome {
  const period = periodAt(account.anchor, account.terms.cycle, at);
  const next: Account = { ...account, status: 'active', period };
  return invoiced(next, at, reason, periodLines(next.terms, period));
}

export type Start = {
  at: Instant;
  terms: Terms;
  /** Null: paid from the start. */
  trialEnd: Instant | null;
  discount?: Account['discount'];
  balance?: number;
  taxBasisPoints?: number;
};

/** Rules 2 and 3. */
export function startAccount(start: Start): Outcome {
  const { at, terms, trialEnd } = start;
  const account: Account = {
    status: trialEnd === null ? 'active' : 'trialing',
    terms,
    waiting: null,
    cancelsAtEnd: false,
    anchor: trialEnd ?? at,
    period: { start: at, end: trialEnd ?? at },
    billed: [],
    pending: [],
    discount: start.discount ?? null,
    balance: start.balance ?? 0,
    taxBasisPoints: start.taxBasisPoints ?? 0,
  };
  if (trialEnd === null) return beginPeriod(account, at, 'start');
  return invoiced(account, at, 'start', trialLine(terms, account.period));
}

const unlike = (item: Item, others: readonly Item[]) => {
  const other = others.find((one) => one.key === item.key);
  return !other || other.price !== item.price || other.quantity !== item.quantity;
};

function changeCycle(account: Account, terms: Terms, at: Instant): Outcome {
  const period = periodAt(at, terms.cycle, at);
  const next: Account = { ...account, terms, anchor: at, period };
  const lines = [...creditLines(inOrder(account.billed), at), ...periodLines(terms, period)];
  return invoiced(next, at, 'change', lines);
}

/** Rules 3, 5 and 6; takes the place of a change that waits. A cancellation that waits goes on waiting. */
export function changeNow(account: Account, terms: Terms, at: Instant): Outcome {
  const plain: Account = { ...account, waiting: null };
  if (account.status === 'trialing') return { account: { ...plain, terms }, invoices: [] };
  if (terms.cycle !== account.terms.cycle) return changeCycle(plain, terms, at);
  const before = account.terms.items;
  const gone = new Set(before.filter((item) => unlike(item, terms.items)).map(({ key }) => key));
  const charged = inOrder(terms.items).filter((item) => unlike(item, before));
  const credits = creditLines(inOrder(account.billed.filter(({ key }) => gone.has(key))), at);
  const charges = charged.map((item) => remainingLine(item, at, account.period));
  const kept = account.billed.filter(({ key }) => !gone.has(key));
  const next = { ...plain, terms };
  if (credits.length + charges.length === 0) return { account: next, invoices: [] };
  return invoiced(next, at, 'change', [...credits, ...charges], kept);
}

/** Rule 8. */
export function changeAtEnd(account: Account, terms: Terms): Account {
  return { ...account, waiting: terms };
}

/** Rule 9: an end, with an invoice of what is pending. */
export function endAccount(account: Account, at: Instant): Outcome {
  const ended: Account = { ...account, status: 'cancelled', waiting: null, cancelsAtEnd: false };
  if (ended.pending.length === 0) return { account: { ...ended, billed: [] }, invoices: [] };
  const { account: after, invoices } = invoiced(ended, at, 'end', []);
  return { account: { ...after, billed: [] }, invoices };
}

/** Rules 4, 8 and 9: what happens when the running period (or the trial) is over. */
export function crossBoundary(account: Account): Outcome {
  const at = account.period.end;
  if (account.cancelsAtEnd) return endAccount(account, at);
  const terms = account.waiting ?? account.terms;
  const anchor = terms.cycle === account.terms.cycle ? account.anchor : at;
  return beginPeriod({ ...account, terms, anchor, waiting: null }, at, 'renewal');
}

/** Rule 10. */
export function pauseAccount(account: Account, at: Instant): Account {
  return {
    ...account,
    status: 'paused',
    waiting: null,
    cancelsAtEnd: false,
    billed: [],
    pending: [...account.pending, ...creditLines(inOrder(account.billed), at)],
  };
}

/** Rule 10. */
export function resumeAccount(account: Account, at: Instant): Outcome {
  return beginPeriod({ ...account, anchor: at }, at, 'resume');
}

/**
 * Rules 13 and 14: lines that wait for the next invoice, or make one of their own where that is months away or
 * will never come. While paused they wait, whatever the cycle.
 */
export function addUsage(account: Account, lines: readonly Line[], at: Instant): Outcome {
  if (lines.length === 0) return { account, invoices: [] };
  const next: Account = { ...account, pending: [...account.pending, ...lines] };
  const waits = next.status === 'paused' || next.terms.cycle === 'monthly';
  if (waits && next.status !== 'cancelled') return { account: next, invoices: [] };
  return invoiced(next, at, 'usage', [], account.billed);
}
