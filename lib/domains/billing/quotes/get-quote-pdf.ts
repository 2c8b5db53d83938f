import { getPlanVersion } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import { env } from '@/lib/infra/env';
import type { Ctx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { addressLines } from '../buyer/address-lines';
import { buyerOf, readDetails } from '../buyer/read-details';
import { documentOf, type PdfDocument } from '../pdf/document';
import type { PaperSize } from '../pdf/paper';
import { readBrand } from '../pdf/read-brand';
import { sellerOf } from '../seller';
import { getQuote } from './list-quotes';
import { quotePaper } from './quote-paper';

/**
 * A quote's current revision as a PDF in the tenant's brand. Throws `forbidden`, and not_found, also for another tenant's
 * and for one of which nothing was sent.
 */
export async function getQuotePdf(
  ctx: Ctx,
  quoteId: string,
  size: PaperSize,
): Promise<PdfDocument> {
  const quote = await getQuote(ctx, quoteId);
  const { sent } = quote;
  if (!sent) throw notFound('document');
  const { plan, buyer } = await withTenant(ctx, async (tx) => ({
    plan: await getPlanVersion(tx, sent.plan_id, sent.plan_version),
    buyer: buyerOf(await readDetails(tx, ctx.tenantId)),
  }));
  const brand = await readBrand(ctx);
  const parties = {
    seller: sellerOf(env()),
    buyer: {
      name: buyer.company_name ?? brand.name,
      address: buyer.address ? addressLines(buyer.address) : [],
      tax_ids: buyer.tax_ids.map(({ value }) => value),
      email: null,
    },
  };
  return documentOf(quotePaper(quote, sent, plan.name, size, brand, parties));
}
