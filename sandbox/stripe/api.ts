import type { Store, Table, Tables } from '@/sandbox/stripe/store';
import { missing } from '@/sandbox/http/errors';
import type { News } from '@/sandbox/webhooks/delivery';
import { newId } from '@/sandbox/stripe/ids';
import type { StripeEvent } from '@/sandbox/stripe/wire';

export const API_VERSION = '2026-10-28.endive';

/** Tables whose create, update and delete are told by events named after them. */
export type Changing =
  | 'customer'
  | 'subscription'
  | 'invoice'
  | 'product'
  | 'price'
  | 'coupon'
  | 'promotion_code'
  | 'payment_method'
  | 'charge'
  | 'refund'
  | 'dispute'
  | 'credit_note'
  | 'invoiceitem'
  | 'subscription_schedule'
  | 'tax_rate'
  | 'billing.meter';
const EVENT_NAME: Partial<Record<Table, string>> = {
  subscription: 'customer.subscription',
  dispute: 'charge.dispute',
};

export type RequestInfo = { id: string | null; idempotency_key: string | null };

/** What every handler and every rule of the billing engine works with. All of it is synchronous: a request is atomic. */
export class Api {
  readonly store: Store;
  /** Where this sandbox answers; its pages' addresses start with it. */
  readonly url: string;
  request: RequestInfo = { id: null, idempotency_key: null };
  private readonly clock: () => Date;
  private readonly onNews: (news: News) => void;
  /** While due work runs late, the second at which it was due. */
  private actingAt: number | undefined;
  private muted = false;

  constructor(store: Store, url: string, clock: () => Date, onNews: (news: News) => void) {
    this.store = store;
    this.url = url;
    this.clock = clock;
    this.onNews = onNews;
  }

  /** Unix seconds: the test clock's when one is named, else the sandbox's own time with its offset. */
  now(testClock?: string | null): number {
    const clock = this.store.find('test_helpers.test_clock', testClock);
    if (clock) return clock.frozen_time;
    return this.actingAt ?? this.realNow();
  }

  realNow(): number {
    const offset = this.store.find('_settings', 'clock_offset')?.value ?? 0;
    return Math.floor(this.clock().getTime() / 1000) + Number(offset);
  }

  at<R>(second: number, work: () => R): R {
    const before = this.actingAt;
    this.actingAt = second;
    try {
      return work();
    } finally {
      this.actingAt = before;
    }
  }

  /** Runs `work` without telling anyone: for previews that are taken back. */
  silently<R>(work: () => R): R {
    const before = this.muted;
    this.muted = true;
    try {
      return work();
    } finally {
      this.muted = before;
    }
  }

  /** The clock of a customer; everything that belongs to a customer lives in its time. */
  clockOf(customer: string | null | undefined): string | null {
    return this.store.find('customer', customer)?.test_clock ?? null;
  }

  require<T extends Table>(table: T, id: string, param = 'id', kind: string = table): Tables[T] {
    const row = this.store.find(table, id);
    if (!row) throw missing(kind.replaceAll(/[._]/g, ' '), id, param);
    return row;
  }

  create<T extends Changing>(table: T, row: Tables[T] & { id: string }): Tables[T] {
    this.store.put(table, row);
    this.emit(`${EVENT_NAME[table] ?? table}.created`, row);
    return row;
  }

  /** Changes a record and, when anything differs, tells it by `<name>.updated` with the previous values. */
  update<T extends Changing>(
    table: T,
    id: string,
    change: Partial<Tables[T]>,
    event?: string,
  ): Tables[T] {
    const before = this.store.get(table, id);
    const after = this.store.patch(table, id, change);
    const previous: Record<string, unknown> = {};
    for (const key of Object.keys(change) as (keyof Tables[T])[])
      if (JSON.stringify(before[key]) !== JSON.stringify(after[key]))
        previous[key as string] = before[key] ?? null;
    if (Object.keys(previous).length > 0)
      this.emit(event ?? `${EVENT_NAME[table] ?? table}.updated`, after, previous);
    return after;
  }

  /** `object` is snapshotted: later changes do not reach events already told. */
  emit(type: string, object: object, previous?: object): void {
    if (this.muted) return;
    const of = object as { test_clock?: string | null; customer?: string | null };
    const event: StripeEvent = {
      id: newId('evt'),
      object: 'event',
      api_version: API_VERSION,
      created: this.now(of.test_clock ?? this.clockOf(of.customer)),
      data: {
        object: structuredClone(object),
        ...(previous ? { previous_attributes: structuredClone(previous) } : {}),
      },
      livemode: false,
      pending_webhooks: 0,
      request: { ...this.request },
      type,
    };
    this.store.put('event', event);
    this.announce({ sender: 'stripe', id: event.id, type });
  }

  /** Tells of an event that stands in the store. */
  announce(news: News): void {
    this.onNews(news);
  }
}

/** Merges as Stripe does: named keys change, empty ones go, the rest stays. */
export function mergeMetadata(
  before: Record<string, string> | null | undefined,
  change: Record<string, string | number | null> | '' | null | undefined,
): Record<string, string> {
  if (change === null || change === '') return {};
  const merged: Record<string, string | number | null> = { ...before, ...change };
  return Object.fromEntries(
    Object.entries(merged).flatMap(([key, value]) =>
      value === null || value === '' ? [] : [[key, String(value)]],
    ),
  );
}

export function emptyList<T>(url: string, data: T[] = [], has_more = false) {
  return { object: 'list' as const, data, has_more, url };
}
