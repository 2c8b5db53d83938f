import { describeActor, recordAudit } from '@/lib/domains/audit';
import { planIdSchema } from '@/lib/domains/entitlements';
import { Prisma, type Tx } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict, notFound } from '@/lib/kernel/errors';
import { parsePublicId, publicId } from '@/lib/kernel/ids';
import { money } from '@/lib/kernel/money';
import {
  quoteContent,
  type QuoteDto,
  quoteDto,
  type QuoteStatus,
  quoteStatusSchema,
  type SentQuote,
} from './schemas';

/** What every reader of a quote needs with it: what was sent, newest first. */
export const WITH_REVISIONS = {
  revisions: { orderBy: { revision: 'desc' } },
} as const satisfies Prisma.QuoteInclude;

export type QuoteRow = Prisma.QuoteGetPayload<{ include: typeof WITH_REVISIONS }>;
export type RevisionRow = QuoteRow['revisions'][number];

const iso = (date: Date | null) => date?.toISOString() ?? null;

/** Its status at `now`: what ran out is expired, though nobody has written it down yet. */
export function statusAt(row: Pick<QuoteRow, 'status' | 'validUntil'>, now: Date): QuoteStatus {
  const status = quoteStatusSchema.parse(row.status);
  return status === 'sent' && row.validUntil && row.validUntil <= now ? 'expired' : status;
}

/** The first instant after the last day of a quote. */
export function endOfValidity(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000);
}

/** A quote of this tenant, locked until the transaction ends. Throws not_found, also for another tenant's. */
export async function lockQuote(tx: Tx, tenantId: string, id: string): Promise<QuoteRow> {
  await tx.$queryRaw`
    SELECT id FROM quote WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  return readQuote(tx, tenantId, id);
}

/** Throws not_found, also for another tenant's. */
export async function readQuote(tx: Tx, tenantId: string, id: string): Promise<QuoteRow> {
  const row = await tx.quote.findUnique({
    where: { tenantId_id: { tenantId, id } },
    include: WITH_REVISIONS,
  });
  if (!row) throw notFound('quote');
  return row;
}

/** The same of one that its customer knows of. */
export async function lockOwnQuote(tx: Tx, tenantId: string, id: string): Promise<QuoteRow> {
  const row = await lockQuote(tx, tenantId, id);
  if (!isKnownToCustomer(row)) throw notFound('quote');
  return row;
}

/** The UUID of a quote. Throws not_found for what isn't one's id. */
export function quoteIdOf(id: string): string {
  const known = parsePublicId('quote', id);
  if (!known) throw notFound('quote');
  return known;
}

/** The revision that can be accepted, or was: the last one sent. */
export const currentRevision = (row: QuoteRow): RevisionRow | null =>
  row.revisions.find(({ revision }) => revision === row.revision) ?? null;

/** The revision that somebody answers. Throws 409 `quote_revised` when it isn't the current one any more. */
export function requireRevision(row: QuoteRow, revision: number): RevisionRow {
  const current = currentRevision(row);
  if (current?.revision === revision) return current;
  throw conflict(
    'quote_revised',
    'This quote was revised after you opened it. Read the new revision before you answer.',
    { revision: row.revision },
  );
}

export function toSentQuote(row: RevisionRow): SentQuote {
  const { price, currency, overage, ...content } = quoteContent.parse(row.content);
  const { api_calls: calls } = overage;
  return {
    ...content,
    revision: row.revision,
    plan_id: planIdSchema.parse(row.planId),
    plan_version: row.planVersion,
    price: money(price, currency),
    overage: { api_calls: calls === null ? null : money(calls, currency) },
    sent_at: row.sentAt.toISOString(),
  };
}

/** Whether the customer may know of it: something was asked for or sent. */
export const isKnownToCustomer = (row: Pick<QuoteRow, 'request' | 'revision'>) =>
  row.request !== null || row.revision > 0;

/** The same of rows that are asked for: requests and their time are written together. */
export const KNOWN_TO_CUSTOMER = {
  OR: [{ requestedAt: { not: null } }, { revision: { gt: 0 } }],
} satisfies Prisma.QuoteWhereInput;

/** A quote as its customer sees it at `now`; drafts are the operators' own. */
export function toQuoteDto(row: QuoteRow, now: Date): QuoteDto {
  const status = statusAt(row, now);
  const current = currentRevision(row);
  return quoteDto.parse({
    id: publicId('quote', row.id),
    number: row.number,
    status: status === 'draft' ? 'requested' : status,
    request: row.request,
    requested_at: iso(row.requestedAt),
    sent: current && toSentQuote(current),
    decided_at: status === 'expired' ? iso(row.validUntil) : iso(row.decidedAt),
    reason: row.reason,
    subscription_id: row.subscriptionId && publicId('subscription', row.subscriptionId),
    created_at: row.createdAt.toISOString(),
  });
}

type Step = {
  /** `quote.sent`, `quote.accepted`, … */
  action: string;
  data: Prisma.QuoteUncheckedUpdateInput;
  after?: Prisma.InputJsonObject;
};

/** Writes a step of a quote's life with its audit row in the tenant's log and its event. The caller holds the quote's lock. */
export async function writeStep(tx: Tx, ctx: Ctx, row: QuoteRow, step: Step): Promise<QuoteRow> {
  const { tenantId } = ctx;
  const { id } = row;
  const written = await tx.quote.update({
    where: { tenantId_id: { tenantId, id } },
    data: { ...step.data, updatedAt: ctx.clock.now() },
    include: WITH_REVISIONS,
  });
  await recordAudit(tx, ctx, {
    action: step.action,
    object: { type: 'quote', id },
    before: { status: row.status, revision: row.revision },
    after: { status: written.status, revision: written.revision, ...step.after },
  });
  // What operators are still writing is nobody's event.
  if (isKnownToCustomer(written)) {
    const { status } = toQuoteDto(written, ctx.clock.now());
    await emit(tx, ctx, 'quote.changed', { id: publicId('quote', id), status });
  }
  return written;
}

/** Who ended it and when, as columns. */
export function decision(ctx: Ctx, reason: string | null = null) {
  return { decidedAt: ctx.clock.now(), decidedBy: describeActor(ctx.actor), reason };
}

/** What takes a decision back. */
export const undecided = { decidedAt: null, decidedBy: Prisma.DbNull, reason: null };
