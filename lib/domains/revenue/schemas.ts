import { z } from 'zod';
import { invoiceStatusSchema, moneyDto } from '@/lib/domains/billing/schemas';

/** How what a customer is worth a month changed from a month's first moment to its last. */
export const movementKinds = ['new', 'expansion', 'contraction', 'churn', 'reactivation'] as const;
export const movementKindSchema = z.enum(movementKinds);
export type MovementKind = z.infer<typeof movementKindSchema>;

/** What invoices are asked for: when they were issued, when they were earned, when they were paid. */
export const invoiceMeasures = ['invoiced', 'recognised', 'cash'] as const;
export const invoiceMeasureSchema = z.enum(invoiceMeasures);
export type InvoiceMeasure = z.infer<typeof invoiceMeasureSchema>;

const count = z.int();
const percent = z.number().nullable();
export const monthSchema = z
  .string()
  .regex(/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/, 'Write the month as 2026-11.');
const currencySchema = z
  .string()
  .regex(/^[a-z]{3}$/, 'Give the currency’s three letters, in lower case.');

const movementDto = z.object({ amount: moneyDto, customers: count });

/** One month. Rates are in percent, `null` where there is nothing to divide by. */
export const revenueMonthDto = z.object({
  month: monthSchema,
  /** False for the running month, which counts until now. */
  complete: z.boolean(),
  mrr_start: moneyDto,
  mrr: moneyDto,
  arr: moneyDto,
  customers_start: count,
  customers: count,
  movements: z.object({
    new: movementDto,
    expansion: movementDto,
    contraction: movementDto,
    churn: movementDto,
    reactivation: movementDto,
  }),
  arpa: moneyDto.nullable(),
  logo_churn_pct: percent,
  revenue_churn_pct: percent,
  nrr_pct: percent,
  grr_pct: percent,
  ltv: moneyDto.nullable(),
  trials: z.object({ ended: count, converted: count, conversion_pct: percent }),
  invoiced: moneyDto,
  recognised: moneyDto,
  cash: moneyDto,
});
export type RevenueMonthDto = z.infer<typeof revenueMonthDto>;

export const revenueDto = z.object({
  currency: z.string(),
  /** All in which there is MRR or an invoice, the one of most customers first. */
  currencies: z.array(z.string()),
  as_of: z.iso.datetime(),
  /** Oldest first. */
  months: z.array(revenueMonthDto),
  /** Of the customers of a year before the last month: what they pay now. */
  year: z.object({
    base_month: monthSchema,
    customers: count,
    mrr: moneyDto,
    nrr_pct: percent,
    grr_pct: percent,
  }),
  /** Invoiced, and earned only after the last month. */
  deferred: moneyDto,
});
export type RevenueDto = z.infer<typeof revenueDto>;

/** Whose books: of those who pay, or of sandbox tenants, which live in a time of their own. They are never added. */
export const booksKinds = ['live', 'sandbox'] as const;
export type Books = { tenants: (typeof booksKinds)[number]; currency: string };

const books = {
  tenants: z.enum(booksKinds).default('live'),
  currency: currencySchema.optional(),
};

export const revenueQuery = z.strictObject({
  ...books,
  months: z.coerce.number().int().min(1).max(60).default(24),
  /** The last month; the running one when it isn't given. */
  until: monthSchema.optional(),
});
export type RevenueQuery = z.output<typeof revenueQuery>;

export const cohortsDto = z.object({
  currency: z.string(),
  /** Oldest first. */
  cohorts: z.array(
    z.object({
      month: monthSchema,
      customers: count,
      mrr: moneyDto,
      /** By the end of the month itself, of the next one, and so on, until the last month asked for. */
      kept: z.array(
        z.object({
          customers: count,
          mrr: moneyDto,
          customers_pct: percent,
          mrr_pct: percent,
        }),
      ),
    }),
  ),
});
export type CohortsDto = z.infer<typeof cohortsDto>;

export const forecastMethods = ['naive', 'drift', 'holt', 'damped'] as const;
export type ForecastMethod = (typeof forecastMethods)[number];

const errorDto = z.object({
  method: z.enum(forecastMethods),
  /** Mean absolute error over all forecasts of the back-test. */
  error: moneyDto,
  /** The same in percent of what came. */
  error_pct: percent,
});

export const forecastDto = z.object({
  currency: z.string(),
  history: z.array(z.object({ month: monthSchema, mrr: moneyDto })),
  /** Null while there are fewer than `needed_months` complete months. */
  forecast: z
    .object({
      method: z.enum(forecastMethods),
      months: z.array(
        z.object({ month: monthSchema, mrr: moneyDto, low: moneyDto, high: moneyDto }),
      ),
      /** How often the interval is meant to hold, in percent. */
      interval_pct: z.number(),
      backtest: z.object({
        /** Forecasts that were made and compared with what came. */
        forecasts: count,
        origins: count,
        chosen: errorDto,
        naive: errorDto,
        methods: z.array(errorDto),
      }),
    })
    .nullable(),
  complete_months: count,
  needed_months: count,
});
export type ForecastDto = z.infer<typeof forecastDto>;

export const forecastQuery = z.strictObject(books);
export type ForecastQuery = z.output<typeof forecastQuery>;

const list = {
  ...books,
  month: monthSchema,
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(300).optional(),
};
const tenantDto = z.object({ id: z.string(), slug: z.string(), name: z.string() });

/** Without a kind: all of the month, whose sum is the change of MRR. */
export const movementsQuery = z.strictObject({ ...list, kind: movementKindSchema.optional() });
export type MovementsQuery = z.output<typeof movementsQuery>;

export const movementRow = z.object({
  tenant: tenantDto,
  subscription_id: z.string(),
  kind: movementKindSchema,
  before: moneyDto,
  after: moneyDto,
  amount: moneyDto,
  changed_at: z.iso.datetime(),
});
export type MovementRow = z.infer<typeof movementRow>;

/** `total` is of all rows, not of this page alone: it is the figure that was asked about. */
const listed = <Row extends z.ZodType>(row: Row) =>
  z.object({
    total: moneyDto,
    count,
    data: z.array(row),
    next_cursor: z.string().nullable(),
  });
export const movementPage = listed(movementRow);
export type MovementPage = z.infer<typeof movementPage>;

export const customersQuery = z.strictObject(list);
export type CustomersQuery = z.output<typeof customersQuery>;

export const customerRow = z.object({
  tenant: tenantDto,
  subscription_id: z.string(),
  amount: moneyDto,
  since: z.iso.datetime(),
});
export type CustomerRow = z.infer<typeof customerRow>;
export const customerPage = listed(customerRow);
export type CustomerPage = z.infer<typeof customerPage>;

export const revenueInvoicesQuery = z.strictObject({ ...list, measure: invoiceMeasureSchema });
export type RevenueInvoicesQuery = z.output<typeof revenueInvoicesQuery>;

export const revenueInvoiceRow = z.object({
  tenant: tenantDto,
  subscription_id: z.string().nullable(),
  invoice: z.object({ id: z.string(), number: z.string(), status: invoiceStatusSchema }),
  /** Of cash alone: what went back of the invoice, or, void, came back to us after all. */
  credit_note: z
    .object({ id: z.string(), number: z.string(), status: z.enum(['issued', 'void']) })
    .nullable(),
  /** Of the credit note, where it is one. */
  issued_at: z.iso.datetime(),
  /** When the money came, or went back. */
  paid_at: z.iso.datetime().nullable(),
  amount: moneyDto,
});
export type RevenueInvoiceRow = z.infer<typeof revenueInvoiceRow>;
export const revenueInvoicePage = listed(revenueInvoiceRow);
export type RevenueInvoicePage = z.infer<typeof revenueInvoicePage>;
