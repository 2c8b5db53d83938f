import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { parsePublicId } from '@/lib/kernel/ids';
import { cursorById, olderThan, toPage } from '@/lib/kernel/page';
import { type InvoiceRow, WITH_LINES } from './invoice-store';
import { mayReadBilling } from './policy';
import type { InvoiceDto, InvoicePage, ListQuery } from './schemas';
import { toInvoiceDto } from './to-dto';

/** The tenant's invoices, newest first. Throws `invalid_cursor`. */
export async function listInvoices(ctx: Ctx, query: ListQuery): Promise<InvoicePage> {
  mayReadBilling(ctx);
  const { tenantId } = ctx;
  const older = olderThan('invoice', query.cursor);
  const rows = await withTenant(ctx, (tx) =>
    tx.invoice.findMany({
      where: { tenantId, status: { not: 'draft' }, ...older },
      include: WITH_LINES,
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    }),
  );
  return toPage(rows, query.limit, toInvoiceDto, cursorById('invoice'));
}

/** Throws not_found, also for another tenant's. */
export async function getInvoice(ctx: Ctx, invoiceId: string): Promise<InvoiceDto> {
  mayReadBilling(ctx);
  return toInvoiceDto(await readInvoice(ctx, invoiceId));
}

/** The row of a final invoice. Throws not_found, also for another tenant's. */
export async function readInvoice(ctx: Ctx, invoiceId: string): Promise<InvoiceRow> {
  const { tenantId } = ctx;
  const id = parsePublicId('invoice', invoiceId);
  const row = id
    ? await withTenant(ctx, (tx) =>
        tx.invoice.findUnique({
          where: { tenantId_id: { tenantId, id }, status: { not: 'draft' } },
          include: WITH_LINES,
        }),
      )
    : null;
  if (!row) throw notFound('invoice');
  return row;
}
