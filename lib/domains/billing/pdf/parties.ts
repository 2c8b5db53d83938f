import { env } from '@/lib/infra/env';
import type { InvoiceBuyer, Party } from '../invoice-parties';
import { sellerOf } from '../seller';
import type { PaperBrand } from './paper';

/** Who sells and who buys as a document has kept them; what it didn't keep is as of today. */
export function partiesOf(
  { seller, buyer }: { seller: Party | null; buyer: InvoiceBuyer | null },
  brand: PaperBrand,
): { seller: Party; buyer: InvoiceBuyer } {
  const kept = buyer ?? { name: '', address: [], tax_ids: [], email: null };
  return { seller: seller ?? sellerOf(env()), buyer: { ...kept, name: kept.name || brand.name } };
}
