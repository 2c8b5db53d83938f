import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { parsePublicId } from '@/lib/kernel/ids';
import { creditNotePaper } from '../pdf/credit-note-paper';
import { documentOf, type PdfDocument } from '../pdf/document';
import type { PaperSize } from '../pdf/paper';
import { partiesOf } from '../pdf/parties';
import { readBrand } from '../pdf/read-brand';
import { mayReadBilling } from '../policy';
import { buyerSchema, partySchema } from '../invoice-parties';
import { toCreditNoteDto } from './get-money-back';

/** A credit note as a PDF in the tenant's brand. Throws `forbidden`, and not_found, also for another tenant's. */
export async function getCreditNotePdf(
  ctx: Ctx,
  noteId: string,
  size: PaperSize,
): Promise<PdfDocument> {
  mayReadBilling(ctx);
  const { tenantId } = ctx;
  const id = parsePublicId('creditNote', noteId);
  const row = id
    ? await withTenant(ctx, (tx) =>
        tx.creditNote.findUnique({
          where: { tenantId_id: { tenantId, id } },
          include: { invoice: { select: { number: true } } },
        }),
      )
    : null;
  if (!row) throw notFound('credit note');
  const brand = await readBrand(ctx);
  const kept = {
    seller: partySchema.nullable().parse(row.seller),
    buyer: buyerSchema.nullable().parse(row.buyer),
  };
  const parties = partiesOf(kept, brand);
  const invoice = row.invoice.number ?? '';
  return documentOf(creditNotePaper(toCreditNoteDto(row), invoice, size, brand, parties));
}
