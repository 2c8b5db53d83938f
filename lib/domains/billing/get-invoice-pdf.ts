import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { withTenant } from '@/lib/infra/db';
import { env } from '@/lib/infra/env';
import { once } from '@/lib/infra/registry';
import type { Ctx } from '@/lib/kernel/ctx';
import { getInvoice } from './list-invoices';
import { invoicePaper } from './pdf/invoice-paper';
import type { Paper, PaperSize } from './pdf/paper';
import { printPaper } from './pdf/print-paper';
import { readBrand } from './pdf/read-brand';
import { sellerOf } from './seller';

/** A document that can be set when it is wanted; `digest` names its content. */
export type PdfDocument = { fileName: string; digest: string; print: () => Promise<Uint8Array> };

/** Documents set lately, by their digest; at most so many bytes. */
const kept = () =>
  once('billing.documents', () => {
    const maxSize = 16 * 1024 * 1024;
    return new LRUCache<string, Uint8Array>({ maxSize, sizeCalculation: (pdf) => pdf.byteLength });
  });

/** Counted up when documents come to look different. */
const LAYOUT = 1;

function digestOf({ brand: { logo, ...brand }, ...paper }: Paper): string {
  const hash = createHash('sha256').update(JSON.stringify([LAYOUT, paper, brand]));
  return hash.update(logo?.bytes ?? '').digest('hex');
}

/** A paper as a document that is set once and then kept. */
function documentOf(paper: Paper): PdfDocument {
  const digest = digestOf(paper);
  return {
    fileName: `${paper.title.toLowerCase().replaceAll(' ', '-')}-${paper.number}.pdf`,
    digest,
    print: async () => {
      const before = kept().get(digest);
      if (before) return before;
      const pdf = await printPaper(paper);
      kept().set(digest, pdf);
      return pdf;
    },
  };
}

/** An invoice as a PDF in the tenant's brand. Throws `forbidden`, and not_found, also for another tenant's. */
export async function getInvoicePdf(
  ctx: Ctx,
  invoiceId: string,
  size: PaperSize,
): Promise<PdfDocument> {
  const invoice = await getInvoice(ctx, invoiceId);
  const { tenantId: id } = ctx;
  const tenant = await withTenant(ctx, (tx) => tx.tenant.findUniqueOrThrow({ where: { id } }));
  const brand = await readBrand(id, tenant.name, tenant.branding);
  const buyer = invoice.buyer ?? { name: '', address: [], tax_ids: [], email: null };
  const parties = {
    seller: invoice.seller ?? sellerOf(env()),
    buyer: { ...buyer, name: buyer.name || tenant.name },
  };
  return documentOf(invoicePaper(invoice, size, brand, parties));
}
