import { CreditCard } from 'lucide-react';
import type { ReactNode } from 'react';
import { EmptyState } from '@/components/patterns/empty-state';
import { allows, type Ctx } from '@/lib/kernel/ctx';

/** What a page of billing shows to who may see it; to others, why they see nothing. */
export async function MayReadBilling({
  ctx,
  children,
}: {
  ctx: Ctx;
  children: () => Promise<ReactNode>;
}) {
  if (allows(ctx.actor, 'billing:read')) return children();
  return (
    <EmptyState icon={<CreditCard />} title="Billing is for owners, admins and accountants">
      Your role doesn’t include it. Ask an owner or admin if you need to see plan and invoices.
    </EmptyState>
  );
}
