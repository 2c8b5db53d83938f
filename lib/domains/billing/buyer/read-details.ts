import { Prisma, type Tx } from '@/lib/infra/db';
import { type Buyer, storedBuyer } from './schemas';

export type DetailsRow = NonNullable<Awaited<ReturnType<Tx['billingDetails']['findUnique']>>>;

export const NOBODY: Buyer = { company_name: null, address: null, tax_ids: [] };

/** Who invoices are made out to by a row. */
export function buyerOf(row: DetailsRow | null): Buyer {
  if (!row) return NOBODY;
  const { companyName: company_name, address, taxIds: tax_ids } = row;
  return storedBuyer.parse({ company_name, address, tax_ids });
}

/** The columns that say it. */
export const columnsOfBuyer = ({ company_name, address, tax_ids }: Buyer) => ({
  companyName: company_name,
  address: address ?? Prisma.DbNull,
  taxIds: tax_ids,
});

export async function readDetails(tx: Tx, tenantId: string): Promise<DetailsRow | null> {
  return tx.billingDetails.findUnique({ where: { tenantId } });
}
