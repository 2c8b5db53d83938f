import { getPlanVersion } from '@/lib/domains/entitlements';
import type { Tx } from '@/lib/infra/db';
import { invalidField } from '@/lib/kernel/errors';

/**
 * What a tenant is billed in already: providers bill a customer in one currency. That of the subscription that runs, else of
 * the last invoice; null for who was never billed.
 */
export async function billedIn(tx: Tx, tenantId: string): Promise<string | null> {
  const live = await tx.subscription.findFirst({
    where: { tenantId, status: { notIn: ['cancelled', 'incomplete'] } },
  });
  if (live) return (await getPlanVersion(tx, live.planId, live.planVersion)).currency;
  const last = await tx.invoice.findFirst({
    where: { tenantId, status: { not: 'draft' } },
    orderBy: { id: 'desc' },
    select: { currency: true },
  });
  return last?.currency ?? null;
}

/** Throws 422 `currency_mismatch` where a tenant is billed in another currency. */
export async function requireCurrency(tx: Tx, tenantId: string, currency: string): Promise<void> {
  const known = await billedIn(tx, tenantId);
  if (known === null || known === currency) return;
  throw invalidField(
    'currency',
    'currency_mismatch',
    `This organisation is billed in ${known.toUpperCase()} already, and the payment provider bills a customer in one currency. Quote in ${known.toUpperCase()}.`,
  );
}
