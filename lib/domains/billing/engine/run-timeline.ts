import {
  addUsage,
  changeAtEnd,
  changeNow,
  crossBoundary,
  endAccount,
  pauseAccount,
  resumeAccount,
  type Start,
  startAccount,
} from './account';
import { monthAt } from './periods';
import { overageLine } from './rate-overage';
import type { Account, Cents, Discount, Instant, Invoice, Line, Span, Terms } from './types';

/** What somebody did, in the order of time. */
export type Act = { at: Instant } & (
  | { kind: 'change'; terms: Terms; when: 'now' | 'period_end' }
  | { kind: 'cancel'; when: 'now' | 'period_end' }
  | { kind: 'keep' }
  | { kind: 'pause' }
  | { kind: 'resume' }
  | { kind: 'discount'; discount: Discount | null }
  | { kind: 'recount'; month: Instant; meter: string; units: number }
);

export type Timeline = {
  start: Start;
  acts: readonly Act[];
  /** Units of a meter in a span: a calendar month, or what a subscription's end leaves of it. */
  unitsIn: (meter: string, span: Span) => number;
  /** The most a meter may cost a month: null without a budget, undefined where overage is off. */
  budgetOf: (meter: string, at: Instant) => Cents | null | undefined;
  /** Excluded. */
  until: Instant;
};

/** A month of a meter as it was closed, so that a recount is charged by the same terms. */
type Closed = { month: Span; used: Parameters<typeof overageLine>[1]; billed: Cents };

/**
 * Runs a subscription through its history: every renewal, close of a month and act in the order of
 * time; in one instant the month's close first, then the boundary, then acts as listed.
 * Acts that the account's status forbids are the caller's to refuse; here they throw a RangeError.
 */
export class TimelineRun {
  readonly invoices: Invoice[] = [];
  private account: Account;
  private now: Instant;
  private readonly closed = new Map<string, Closed>();
  private readonly timeline: Timeline;

  constructor(timeline: Timeline) {
    this.timeline = timeline;
    const { account, invoices } = startAccount(timeline.start);
    this.account = account;
    this.invoices.push(...invoices);
    this.now = timeline.start.at;
  }

  run(): { account: Account; invoices: readonly Invoice[] } {
    for (const act of this.timeline.acts) {
      this.advance(act.at);
      this.act(act);
    }
    this.advance(this.timeline.until - 1);
    return { account: this.account, invoices: this.invoices };
  }

  private keep(outcome: { account: Account; invoices: readonly Invoice[] }): void {
    this.account = outcome.account;
    this.invoices.push(...outcome.invoices);
  }

  /** Everything that falls due up to `at`, that moment included. */
  private advance(at: Instant): void {
    for (;;) {
      const runs = this.account.status === 'active' || this.account.status === 'trialing';
      const boundary = runs ? this.account.period.end : Number.POSITIVE_INFINITY;
      const monthEnd = monthAt(this.now).end;
      if (Math.min(boundary, monthEnd) > at) break;
      if (monthEnd <= boundary) {
        this.closeMonth(monthAt(this.now));
        this.now = monthEnd;
      }
      if (boundary <= monthEnd) this.cross(boundary);
    }
    this.now = Math.max(this.now, at);
  }

  private cross(at: Instant): void {
    this.now = at;
    if (this.account.cancelsAtEnd) this.pendRest(at);
    this.keep(crossBoundary(this.account));
  }

  private closeMonth(month: Span): void {
    if (this.account.status !== 'active') return;
    this.keep(addUsage(this.account, this.usageLines(month), month.end));
  }

  /** Rule 13's last case: what was used of a month in which the subscription ends. */
  private pendRest(at: Instant): void {
    if (this.account.status !== 'active') return;
    const { start } = monthAt(at);
    const lines = start < at ? this.usageLines({ start, end: at }) : [];
    this.account = { ...this.account, pending: [...this.account.pending, ...lines] };
  }

  private usageLines(month: Span): Line[] {
    return this.account.terms.overage.flatMap((terms) => {
      const budget = this.timeline.budgetOf(terms.meter, month.end - 1);
      if (budget === undefined) return [];
      const used = { terms, units: this.timeline.unitsIn(terms.meter, month), budget };
      const line = overageLine(month, used, null);
      const key = `${terms.meter} ${month.start}`;
      this.closed.set(key, { month, used, billed: line?.amount ?? 0 });
      return line ? [line] : [];
    });
  }

  private recount({ month, meter, units, at }: Extract<Act, { kind: 'recount' }>): void {
    const key = `${meter} ${month}`;
    const closed = this.closed.get(key);
    if (!closed) return;
    const used = { ...closed.used, units };
    const line = overageLine(closed.month, used, closed.billed);
    if (!line) return;
    this.closed.set(key, { ...closed, used, billed: closed.billed + line.amount });
    this.keep(addUsage(this.account, [line], at));
  }

  private act(act: Act): void {
    const { account } = this;
    switch (act.kind) {
      case 'change':
        this.require('trialing', 'active');
        if (act.when === 'now') this.keep(changeNow(account, act.terms, act.at));
        else this.account = changeAtEnd(account, act.terms);
        break;
      case 'cancel':
        this.require('trialing', 'active', ...(act.when === 'now' ? (['paused'] as const) : []));
        if (act.when === 'period_end') this.account = { ...account, cancelsAtEnd: true };
        else {
          this.pendRest(act.at);
          this.keep(endAccount(this.account, act.at));
        }
        break;
      case 'keep':
        this.require('trialing', 'active');
        this.account = { ...account, cancelsAtEnd: false };
        break;
      case 'pause':
        this.require('active');
        this.account = pauseAccount(account, act.at);
        break;
      case 'resume':
        this.require('paused');
        this.keep(resumeAccount(account, act.at));
        break;
      case 'discount':
        this.account = { ...account, discount: act.discount };
        break;
      case 'recount':
        this.recount(act);
        break;
    }
  }

  private require(...statuses: Account['status'][]): void {
    if (statuses.includes(this.account.status)) return;
    throw new RangeError(`not while ${this.account.status}`);
  }
}

/** See {@link TimelineRun}. */
export function runTimeline(timeline: Timeline): {
  account: Account;
  invoices: readonly Invoice[];
} {
  return new TimelineRun(timeline).run();
}
