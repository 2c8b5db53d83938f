import { queueMail } from '@/lib/domains/identity';
import { dashboardUrl } from '@/lib/domains/tenancy';
import type { Tx } from '@/lib/infra/db';
import { roleAllows, roles } from '@/lib/kernel/access';
import { partySchema } from '../invoice-parties';
import type { InvoiceRow } from '../invoice-store';
import { readOwnerEmail } from '../read-buyer';

/** Those who can do something about money. */
const PAYING_ROLES = roles.filter((role) => roleAllows(role, 'billing:write'));

type MailMessage = Parameters<typeof queueMail>[2];
/** A mail of any kind, but for whom it is to. */
type Unaddressed<Mail> = Mail extends unknown ? Omit<Mail, 'to'> : never;

/** Queues a mail to each of them, in the organisation's brand. */
export async function mailPayers(
  tx: Tx,
  tenantId: string,
  message: Unaddressed<MailMessage>,
): Promise<void> {
  for (const to of await payersOf(tx, tenantId)) {
    await queueMail(tx, tenantId, { ...message, to });
  }
}

/** Where they are written to. */
async function payersOf(tx: Tx, tenantId: string): Promise<string[]> {
  const members = await tx.membership.findMany({
    where: { tenantId, status: 'active', role: { in: PAYING_ROLES } },
    orderBy: { id: 'asc' },
    select: { user: { select: { email: true } } },
  });
  return members.map(({ user }) => user.email);
}

/** Who hears of what became of an invoice: whom it is made out to, else the owner. */
export async function contactOf(
  tx: Tx,
  { buyer, tenantId }: Pick<InvoiceRow, 'buyer' | 'tenantId'>,
): Promise<string | null> {
  return partySchema.nullable().parse(buyer)?.email || readOwnerEmail(tx, tenantId);
}

/** What mails about a tenant's plan say of it; null for a closed one, of which nobody hears any more. */
export async function aboutTenant(
  tx: Tx,
  id: string,
): Promise<{ tenantName: string; billingUrl: string; trialEndsAt: Date } | null> {
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id } });
  if (tenant.deletedAt) return null;
  const { name: tenantName, trialEndsAt } = tenant;
  return { tenantName, billingUrl: `${dashboardUrl(tenant.slug)}/billing`, trialEndsAt };
}
