import { env } from '@/lib/infra/env';
import type { Ctx } from '@/lib/kernel/ctx';
import { getInvoice } from './list-invoices';
import { documentOf, type PdfDocument } from './pdf/document';
import { invoicePaper } from './pdf/invoice-paper';
import type { PaperSize } from './pdf/paper';
import { readBrand } from './pdf/read-brand';
import { sellerOf } from './seller';

/** An invoice as a PDF in the tenant's brand. Throws `forbidden`, and not_found, also for another tenant's. */
export async function getInvoicePdf(
  ctx: Ctx,
  invoiceId: string,
  size: PaperSize,
): Promise<PdfDocument> {
  const invoice = await getInvoice(ctx, invoiceId);
  const brand = await readBrand(ctx);
  const buyer = invoice.buyer ?? { name: '', address: [], tax_ids: [], email: null };
  const parties = {
    seller: invoice.seller ?? sellerOf(env()),
    buyer: { ...buyer, name: buyer.name || brand.name },
  };
  return documentOf(invoicePaper(invoice, size, brand, parties));
}
