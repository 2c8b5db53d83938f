import type { Env } from '@/lib/infra/env';
import type { Party } from './invoice-parties';

/** Who sells, as the settings say at this moment. */
export function sellerOf({ seller: { name, address, taxId, email } }: Env): Party {
  return { name, address, tax_ids: taxId ? [taxId] : [], email };
}
