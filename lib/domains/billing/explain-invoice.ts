import { findLastEvent } from '@/lib/domains/audit';
import { getUsage } from '@/lib/domains/usage';
import { type Tx, withTenant } from '@/lib/infra/db';
import { allows, type Ctx } from '@/lib/kernel/ctx';
import { z } from 'zod';
import { arithmeticOf } from './explain-line';
import type { ExplainedLine, InvoiceExplanation } from './explanation';
import { type InvoiceLineFacts, toLineDto } from './invoice-lines';
import { type InvoiceRow, readLine } from './invoice-store';
import { sumsOf } from './invoice-sums';
import { readInvoice } from './list-invoices';
import { mayReadBilling } from './policy';
import { ruleOfLine } from './rule-words';
import { toInvoiceDto } from './to-dto';

const terms = z.object({ plan_id: z.string(), billing_cycle: z.string() });

/** Who changed what, when the invoice's parts of periods came about; null when nobody did by a verb of ours. */
async function readChange(tx: Tx, ctx: Ctx, row: InvoiceRow): Promise<ExplainedLine['change']> {
  const prorated = row.lines.some(({ kind }) => kind.endsWith('_time'));
  if (!prorated || !row.subscriptionId) return null;
  const event = await findLastEvent(tx, ctx, {
    action: 'subscription.change_requested',
    objectId: row.subscriptionId,
    beforeId: row.id,
  });
  return (
    event && {
      at: event.at,
      by: event.actor.name,
      from: terms.nullable().catch(null).parse(event.before),
      to: terms.nullable().catch(null).parse(event.after),
    }
  );
}

/** The days behind an overage, as they are metered now. */
async function readDays(ctx: Ctx, line: InvoiceLineFacts): Promise<ExplainedLine['usage']> {
  if (!line.usage) return null;
  const { meter, units, included } = line.usage;
  const days = allows(ctx.actor, 'usage:read')
    ? await getUsage(ctx, {
        meter,
        from: line.periodStart.toISOString(),
        to: line.periodEnd.toISOString(),
        granularity: 'day',
      })
    : null;
  return {
    meter,
    billed_units: units,
    included_units: included,
    days,
    total: days && days.reduce((sum, { value }) => sum + (value ?? 0), 0),
  };
}

/**
 * Why an invoice says what it says: for each line its rule, its arithmetic worked out again, the change that made it and
 * the use behind it. Throws `forbidden`, and not_found, also for another tenant's.
 */
export async function explainInvoice(ctx: Ctx, invoiceId: string): Promise<InvoiceExplanation> {
  mayReadBilling(ctx);
  const row = await readInvoice(ctx, invoiceId);
  const change = await withTenant(ctx, (tx) => readChange(tx, ctx, row));
  const lines: ExplainedLine[] = [];
  for (const line of row.lines.map(readLine)) {
    lines.push({
      line: toLineDto(line, row.currency),
      rule: ruleOfLine(line.kind),
      arithmetic: arithmeticOf(line, row.currency),
      change: line.kind.endsWith('_time') ? change : null,
      usage: await readDays(ctx, line),
    });
  }
  const invoice = toInvoiceDto(row);
  const { id, number } = invoice;
  return { invoice_id: id, number, lines, sums: sumsOf(invoice) };
}
