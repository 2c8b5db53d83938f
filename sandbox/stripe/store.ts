import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type * as wire from '@/sandbox/stripe/wire';
import type { Delivery } from '@/sandbox/webhooks/delivery';
import type { PayPalTables } from '@/sandbox/paypal/records';
import type { StoredAnswer } from '@/sandbox/http/stored-answer';
import type { StoredMessage } from '@/sandbox/mail/message';
import type { CardBehaviour } from '@/sandbox/stripe/cards';

/** Every table by Stripe's `object` value, and the sandbox's own records behind an underscore. */
export interface Tables extends PayPalTables {
  'billing.meter': wire.Meter;
  'billing_portal.configuration': wire.PortalConfiguration;
  'billing_portal.session': wire.PortalSession;
  charge: wire.Charge;
  'checkout.session': wire.CheckoutSession;
  coupon: wire.Coupon;
  credit_note: wire.CreditNote;
  customer: wire.Customer;
  customer_balance_transaction: wire.BalanceTransaction;
  discount: wire.Discount;
  dispute: wire.Dispute;
  event: wire.StripeEvent;
  invoice: wire.Invoice;
  invoice_payment: wire.InvoicePayment;
  invoiceitem: wire.InvoiceItem;
  payment_intent: wire.PaymentIntent;
  payment_method: wire.PaymentMethod;
  price: wire.Price;
  product: wire.Product;
  promotion_code: wire.PromotionCode;
  refund: wire.Refund;
  setup_intent: wire.SetupIntent;
  subscription: wire.Subscription;
  subscription_schedule: wire.Schedule;
  tax_id: wire.TaxId;
  tax_rate: wire.TaxRate;
  'test_helpers.test_clock': wire.TestClock;
  webhook_endpoint: wire.WebhookEndpoint;
  _answer: StoredAnswer;
  _card: { id: string; behaviour: CardBehaviour; authenticated: boolean };
  _checkout: { id: string; line_items: wire.CheckoutLine[]; params: object; completing?: object };
  _delivery: Delivery;
  _message: StoredMessage;
  _meter_event: wire.MeterEvent & { id: string; customer: string; meter: string };
  _once: { id: string };
  _secret: { id: string; secret: string };
  _settings: { id: string; value: unknown };
  _tiers: { id: string; tiers: NonNullable<wire.Price['tiers']> };
}
export type Table = keyof Tables;

/** Histories are kept this long on disk, so that months of use don't make each write slow. */
const KEPT: Partial<Record<Table, number>> = {
  _answer: 2_000,
  _delivery: 5_000,
  _message: 2_000,
  event: 5_000,
  'paypal.answer': 2_000,
  'paypal.event': 5_000,
};

const KEPT_AT_RESET: Table[] = ['webhook_endpoint', '_secret', 'paypal.webhook', 'paypal.key'];

/**
 * All state of the sandbox, in memory, written to one file in `dataDir` shortly after each change and on flush.
 * Records are never changed in place: `patch` replaces them, which makes `attempt` able to undo.
 */
export class Store {
  private readonly tables = new Map<Table, Map<string, unknown>>();
  private readonly file: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  private undo: (() => void)[] | undefined;

  constructor(dataDir?: string) {
    if (!dataDir) return;
    mkdirSync(dataDir, { recursive: true });
    this.file = path.join(dataDir, 'sandbox.json');
    this.load(this.file);
  }

  private load(file: string): void {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    let saved: Record<Table, [string, unknown][]>;
    try {
      saved = JSON.parse(text) as typeof saved;
    } catch {
      throw new Error(
        `The state file ${file} is damaged. Move it away to start with an empty sandbox.`,
      );
    }
    for (const [table, rows] of Object.entries(saved))
      this.tables.set(table as Table, new Map(rows));
  }

  private rows<T extends Table>(table: T): Map<string, Tables[T]> {
    let rows = this.tables.get(table);
    if (!rows) this.tables.set(table, (rows = new Map()));
    return rows as Map<string, Tables[T]>;
  }

  find<T extends Table>(table: T, id: string | null | undefined): Tables[T] | undefined {
    return id ? this.rows(table).get(id) : undefined;
  }

  /** Like `find`, for references that the store itself keeps whole. */
  get<T extends Table>(table: T, id: string): Tables[T] {
    const row = this.find(table, id);
    if (!row) throw new Error(`${table} ${id} is not in the store`);
    return row;
  }

  /** Oldest first. */
  all<T extends Table>(table: T): Tables[T][] {
    return [...this.rows(table).values()];
  }

  put<T extends Table>(table: T, row: Tables[T] & { id: string }): Tables[T] {
    const rows = this.rows(table);
    const before = rows.get(row.id);
    this.undo?.push(() => (before === undefined ? rows.delete(row.id) : rows.set(row.id, before)));
    rows.set(row.id, row);
    this.changed();
    return row;
  }

  patch<T extends Table>(table: T, id: string, change: Partial<Tables[T]>): Tables[T] {
    return this.put(table, { ...this.get(table, id), ...change, id } as Tables[T] & { id: string });
  }

  remove(table: Table, id: string): void {
    const rows = this.rows(table);
    const before = rows.get(id);
    if (before === undefined) return;
    this.undo?.push(() => rows.set(id, before));
    rows.delete(id);
    this.changed();
  }

  /** Runs `work` and takes all its changes back when it throws or when `keep` says so. */
  attempt<R>(work: () => R, keep: (result: R) => boolean = () => true): R {
    const outer = this.undo;
    const mine: (() => void)[] = [];
    this.undo = mine;
    const rollback = () => {
      this.undo = undefined;
      for (const step of mine.reverse()) step();
    };
    try {
      const result = work();
      if (!keep(result)) rollback();
      else outer?.push(...mine);
      return result;
    } catch (error) {
      rollback();
      throw error;
    } finally {
      this.undo = outer;
    }
  }

  /** Forgets all but the webhook endpoints with their secrets and keys, so that tests need not configure them again. */
  reset(): void {
    for (const table of this.tables.keys())
      if (!KEPT_AT_RESET.includes(table)) this.tables.delete(table);
    this.changed();
  }

  private changed(): void {
    if (!this.file || this.timer) return;
    this.timer = setTimeout(() => this.flush(), 200);
    this.timer.unref();
  }

  /** Writes the file now; the rename makes a crash leave either the old or the new state. */
  flush(): void {
    if (!this.file) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const [table, most] of Object.entries(KEPT)) {
      const rows = this.rows(table as Table);
      for (const id of [...rows.keys()].slice(0, Math.max(0, rows.size - most))) rows.delete(id);
    }
    const saved = Object.fromEntries([...this.tables].map(([table, rows]) => [table, [...rows]]));
    writeFileSync(`${this.file}.tmp`, JSON.stringify(saved));
    renameSync(`${this.file}.tmp`, this.file);
  }
}
