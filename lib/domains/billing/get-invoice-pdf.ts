import type { Ctx } from '@/lib/kernel/ctx';
import { getInvoice } from './list-invoices';
import { documentOf, type PdfDocument } from './pdf/document';
import { invoicePaper } from './pdf/invoice-paper';
import type { PaperSize } from './pdf/paper';
import { partiesOf } from './pdf/parties';
import { readBrand } from './pdf/read-brand';

/** An invoice as a PDF in the tenant's brand. Throws `forbidden`, and not_found, also for another tenant's. */
export async function getInvoicePdf(
  ctx: Ctx,
  invoiceId: string,
  size: PaperSize,
): Promise<PdfDocument> {
  const invoice = await getInvoice(ctx, invoiceId);
  const brand = await readBrand(ctx);
  return documentOf(invoicePaper(invoice, size, brand, partiesOf(invoice, brand)));
}
