import { recordAudit } from '@/lib/domains/audit';
import { requireFeature } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId } from '@/lib/kernel/ids';
import { refuseTakenSymbol, symbolTaken, toInstrumentDto } from './internal';
import { mayWrite } from './policy';
import type { CreateInstrumentInput, InstrumentDto } from './schemas';

/**
 * Adds an instrument, without bars yet.
 * @throws forbidden, payment_required, conflict `symbol_taken` or `symbol_reserved`
 */
export async function createInstrument(
  ctx: Ctx,
  input: CreateInstrumentInput,
): Promise<InstrumentDto> {
  mayWrite(ctx);
  const now = ctx.clock.now();
  const id = newId(now.getTime());
  try {
    return await withTenant(ctx, async (tx) => {
      await requireFeature(tx, ctx, 'market_data');
      await refuseTakenSymbol(tx, ctx, input.symbol);
      const data = { ...input, name: input.name ?? input.symbol };
      const row = await tx.instrument.create({
        data: { tenantId: ctx.tenantId, id, ...data, createdAt: now, updatedAt: now },
        include: { series: true },
      });
      await recordAudit(tx, ctx, {
        action: 'instrument.created',
        object: { type: 'instrument', id },
        after: data,
      });
      return toInstrumentDto(row);
    });
  } catch (error) {
    // Two calls at once both found the symbol free; the unique key let one through.
    if (isUniqueViolation(error)) throw symbolTaken(input.symbol);
    throw error;
  }
}

/** By its code: the client may have been made by another bundle of this process, with classes of its own. */
function isUniqueViolation(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'P2002';
}
