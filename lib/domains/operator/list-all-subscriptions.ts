import { Prisma, type Tx } from '@/lib/infra/db';
import { authoriseOperator, type OperatorCtx } from '@/lib/kernel/ctx';
import { parsePublicId, publicId } from '@/lib/kernel/ids';
import { cursorById, olderThan, toPage } from '@/lib/kernel/page';
import { allOf, likeText } from './conditions';
import { withOperator } from './platform-audit';
import {
  type AdminSubscription,
  type AdminSubscriptionPage,
  type AdminSubscriptionQuery,
  adminSubscription,
} from './schemas';

type Row = {
  id: string;
  tenant_id: string;
  slug: string;
  name: string;
  status: string;
  plan_id: string;
  plan_version: number;
  billing_cycle: string;
  gateway: string;
  provider_id: string | null;
  provider_status: string | null;
  trial_ends_at: Date | null;
  current_period_start: Date | null;
  current_period_end: Date | null;
  cancel_at: Date | null;
  created_at: Date;
};

const iso = (date: Date | null) => date?.toISOString() ?? null;

export function presentSubscription(row: Row): AdminSubscription {
  return adminSubscription.parse({
    ...row,
    id: publicId('subscription', row.id),
    tenant: { id: publicId('tenant', row.tenant_id), slug: row.slug, name: row.name },
    trial_ends_at: iso(row.trial_ends_at),
    current_period_start: iso(row.current_period_start),
    current_period_end: iso(row.current_period_end),
    cancel_at: iso(row.cancel_at),
    created_at: iso(row.created_at),
  });
}

/** Subscriptions with whose they are, in the caller's transaction; newest first. */
export function readSubscriptions(tx: Tx, where: Prisma.Sql, take: number): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT s.id, s.tenant_id, t.slug, t.name, s.status, s.plan_id, s.plan_version, s.billing_cycle, s.gateway,
      s.provider_id, s.provider_status, s.trial_ends_at, s.current_period_start, s.current_period_end,
      s.cancel_at, s.created_at
    FROM subscription s JOIN tenant t ON t.id = s.tenant_id
    WHERE ${where} ORDER BY s.id DESC LIMIT ${take}`;
}

/** By our id, the provider's, or whose it is. */
function searched(text: string | undefined): Prisma.Sql | undefined {
  if (!text) return undefined;
  const id = parsePublicId('subscription', text);
  if (id) return Prisma.sql`s.id = ${id}::uuid`;
  const like = likeText(text);
  return Prisma.sql`(t.name ILIKE ${like} OR t.slug ILIKE ${like} OR s.provider_id = ${text})`;
}

/** The subscriptions of all tenants, newest first. Throws `forbidden`, `invalid_cursor`. */
export async function listAllSubscriptions(
  ctx: OperatorCtx,
  query: AdminSubscriptionQuery,
): Promise<AdminSubscriptionPage> {
  authoriseOperator(ctx, 'platform:read');
  const { search, status, plan, gateway, limit } = query;
  const before = olderThan('subscription', query.cursor).id?.lt;
  const where = allOf(
    searched(search),
    before && Prisma.sql`s.id < ${before}::uuid`,
    status && Prisma.sql`s.status = ${status}`,
    plan && Prisma.sql`s.plan_id = ${plan}`,
    gateway && Prisma.sql`s.gateway = ${gateway}`,
  );
  return withOperator(ctx, async (tx) => ({
    result: toPage(
      await readSubscriptions(tx, where, limit + 1),
      limit,
      presentSubscription,
      cursorById('subscription'),
    ),
    entry: {
      action: 'subscriptions.listed',
      object: { type: 'platform', id: 'all' },
      after: {
        search: search ?? null,
        status: status ?? null,
        plan: plan ?? null,
        gateway: gateway ?? null,
      },
    },
  }));
}
