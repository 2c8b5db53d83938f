import { getCreditNotePdf, getInvoicePdf, type PdfDocument } from '@/lib/domains/billing';
import { type Tx, withSystem } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { notFound } from '@/lib/kernel/errors';
import { parsePublicId } from '@/lib/kernel/ids';
import { ctxInside } from '../inside';
import { withOperator } from '../platform-audit';

type Size = Parameters<typeof getInvoicePdf>[2];

const papers = {
  invoice: {
    type: 'invoice',
    print: getInvoicePdf,
    find: (tx: Tx, id: string) =>
      tx.invoice.findFirst({
        where: { id, status: { not: 'draft' } },
        select: { tenantId: true },
      }),
  },
  creditNote: {
    type: 'credit_note',
    print: getCreditNotePdf,
    find: (tx: Tx, id: string) =>
      tx.creditNote.findFirst({ where: { id }, select: { tenantId: true } }),
  },
} as const;

/** A paper as its tenant has it, taken away by an operator: both logs say so. */
async function take(
  ctx: OperatorCtx,
  kind: keyof typeof papers,
  shownId: string,
  size: Size,
): Promise<PdfDocument> {
  authoriseOperator(ctx, 'platform:read');
  const { type, print, find } = papers[kind];
  const id = parsePublicId(kind, shownId);
  const found = id && (await withSystem(`operator ${ctx.actor.operatorId}`, (tx) => find(tx, id)));
  if (!found) throw notFound(type.replace('_', ' '));
  const { tenantId } = found;
  const inside = await ctxInside(ctx, tenantId);
  const paper = await print(inside, shownId, size);
  return withOperator(ctx, async () => ({
    result: paper,
    entry: {
      action: `${type}.downloaded`,
      object: { type, id },
      aboutTenantId: tenantId,
      inside,
    },
  }));
}

/** A tenant's invoice as PDF, in that tenant's brand. Throws `forbidden`, `not_found`. */
export const getInvoicePaper = (ctx: OperatorCtx, id: string, size: Size) =>
  take(ctx, 'invoice', id, size);

/** A tenant's credit note as PDF. Throws `forbidden`, `not_found`. */
export const getCreditNotePaper = (ctx: OperatorCtx, id: string, size: Size) =>
  take(ctx, 'creditNote', id, size);
