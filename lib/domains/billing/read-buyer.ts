import type { Tx } from '@/lib/infra/db';
import { addressLines } from './buyer/address-lines';
import { buyerOf, readDetails } from './buyer/read-details';
import type { Party } from './invoice-parties';

/** Where the organisation's first owner is written to. */
export async function readOwnerEmail(tx: Tx, tenantId: string): Promise<string | null> {
  const owner = await tx.membership.findFirst({
    where: { tenantId, role: 'owner' },
    orderBy: { createdAt: 'asc' },
    include: { user: { select: { email: true } } },
  });
  return owner?.user.email ?? null;
}

/** Whom an invoice is made out to where no provider keeps it: who the organisation says, as of today. */
export async function readBuyer(tx: Tx, tenantId: string): Promise<Party> {
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const { company_name, address, tax_ids } = buyerOf(await readDetails(tx, tenantId));
  return {
    name: company_name ?? tenant.name,
    address: address ? addressLines(address) : [],
    tax_ids: tax_ids.map(({ value }) => value),
    email: await readOwnerEmail(tx, tenantId),
  };
}
