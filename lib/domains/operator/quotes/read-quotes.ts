import { billedIn, toSentQuote } from '@/lib/domains/billing';
import { QUOTED_PLAN, quoteContent, requestQuoteInput } from '@/lib/domains/billing/quotes/schemas';
import { listEveryPlanVersion } from '@/lib/domains/entitlements';
import { Prisma, type Tx } from '@/lib/infra/db';
import { notFound } from '@/lib/kernel/errors';
import { publicId } from '@/lib/kernel/ids';
import { money } from '@/lib/kernel/money';
import { type AdminQuote, adminQuote, type AdminQuoteRow, adminQuoteRow } from './schemas';

const DAY = 86_400_000;

type Row = {
  tenant_id: string;
  slug: string;
  name: string;
  id: string;
  number: string;
  status: string;
  revision: number;
  content: unknown;
  has_draft: boolean;
  created_at: Date;
  /** The tenant’s own time, where it has one. */
  now: Date;
};

const iso = (date: Date | null) => date?.toISOString() ?? null;

/**
 * Quotes with whose they are and what was sent last, in the caller's transaction; newest first. What ran out by `now`, or by
 * the tenant's own time, is expired, though nobody has written it down yet.
 */
export function readQuotes(tx: Tx, where: Prisma.Sql, now: Date, take: number): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT * FROM (
      SELECT q.tenant_id, t.slug, t.name, q.id, q.number, q.revision, r.content, q.created_at,
        q.draft IS NOT NULL AS has_draft, own.now,
        CASE WHEN q.status = 'sent' AND q.valid_until <= own.now THEN 'expired' ELSE q.status END AS status
      FROM quote q JOIN tenant t ON t.id = q.tenant_id
        LEFT JOIN tenant_clock c ON c.tenant_id = q.tenant_id
        CROSS JOIN LATERAL (SELECT coalesce(c.at, ${now}::timestamptz) AS now) own
        LEFT JOIN quote_revision r ON (r.tenant_id, r.quote_id, r.revision) = (q.tenant_id, q.id, q.revision)
    ) AS quotes WHERE ${where} ORDER BY id DESC LIMIT ${take}`;
}

export function presentQuote(row: Row): AdminQuoteRow {
  const content = row.content === null ? null : quoteContent.parse(row.content);
  return adminQuoteRow.parse({
    id: publicId('quote', row.id),
    number: row.number,
    tenant: { id: publicId('tenant', row.tenant_id), slug: row.slug, name: row.name },
    status: row.status,
    price: content && money(content.price, content.currency),
    billing_cycle: content?.billing_cycle ?? null,
    valid_until: content?.valid_until ?? null,
    revision: row.revision,
    has_draft: row.has_draft,
    created_at: row.created_at.toISOString(),
  });
}

/** Whose a quote is, whoever asks. Throws not_found. */
export async function tenantOfQuote(tx: Tx, id: string): Promise<string> {
  const row = await tx.quote.findFirst({ where: { id }, select: { tenantId: true } });
  if (!row) throw notFound('quote');
  return row.tenantId;
}

/** What a first draft begins with: the plan as the catalogue has it, billed as was asked, open for a month. */
async function firstDraft(tx: Tx, row: { tenantId: string; request: unknown }, now: Date) {
  const plans = await listEveryPlanVersion(tx);
  const plan = plans.findLast(({ planId }) => planId === QUOTED_PLAN);
  if (!plan) throw new RangeError(`no version of ${QUOTED_PLAN}`);
  const asked = requestQuoteInput.nullable().parse(row.request);
  return {
    billing_cycle: asked?.billing_cycle ?? 'annual',
    price: null,
    currency: (await billedIn(tx, row.tenantId)) ?? plan.currency,
    limits: plan.limits,
    // Nothing is sold beyond the limits where no price for it is known.
    features: plan.features.filter(
      (feature) => feature !== 'usage_overage' || plan.overage.api_calls !== null,
    ),
    overage: plan.overage,
    terms: '',
    net_days: 30,
    valid_until: new Date(now.getTime() + 30 * DAY).toISOString().slice(0, 10),
  };
}

/** A quote with everything about it. Throws not_found. */
export async function readAdminQuote(tx: Tx, id: string, now: Date): Promise<AdminQuote> {
  const [shown] = await readQuotes(tx, Prisma.sql`id = ${id}::uuid`, now, 1);
  if (!shown) throw notFound('quote');
  const row = await tx.quote.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: shown.tenant_id, id } },
    include: { revisions: { orderBy: { revision: 'desc' } } },
  });
  return adminQuote.parse({
    ...presentQuote(shown),
    request: row.request,
    requested_at: iso(row.requestedAt),
    draft: row.draft,
    draft_revision: row.draftRevision,
    start_from: row.draft ?? row.revisions[0]?.content ?? (await firstDraft(tx, row, shown.now)),
    revisions: row.revisions.map(toSentQuote),
    decided_at: shown.status === 'expired' ? iso(row.validUntil) : iso(row.decidedAt),
    reason: row.reason,
    subscription_id: row.subscriptionId && publicId('subscription', row.subscriptionId),
  });
}
