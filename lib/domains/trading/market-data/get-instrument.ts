import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { getInstrumentRow, toInstrumentDto } from './internal';
import { mayRead } from './policy';
import type { InstrumentDto } from './schemas';

/** An instrument of the tenant, or a bundled one. @throws not_found */
export async function getInstrument(ctx: Ctx, symbol: string): Promise<InstrumentDto> {
  mayRead(ctx);
  return withTenant(ctx, async (tx) => toInstrumentDto(await getInstrumentRow(tx, ctx, symbol)));
}
