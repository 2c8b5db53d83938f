import { queueMail } from '@/lib/domains/identity';
import { dashboardUrl } from '@/lib/domains/tenancy';
import type { Tx } from '@/lib/infra/db';
import { enqueue } from '@/lib/infra/queue';
import type { Ctx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { writePrice } from '../pdf/paper-words';
import { tellOperatorsContract, type QuoteNews } from './job-contracts';
import { currentRevision, type QuoteRow } from './quote-store';
import { quoteContent } from './schemas';

/** "$120,000.00 a year" */
export function priceWords(content: unknown): string {
  const { price, currency, billing_cycle: cycle } = quoteContent.parse(content);
  return writePrice(price, currency, cycle);
}

/** Owners, who alone can answer, and whoever asked. */
async function readers(tx: Tx, { tenantId }: Ctx, row: QuoteRow): Promise<string[]> {
  const people = await tx.membership.findMany({
    where: {
      tenantId,
      status: 'active',
      OR: [{ role: 'owner' }, ...(row.requestedBy ? [{ userId: row.requestedBy }] : [])],
    },
    include: { user: { select: { email: true } } },
  });
  return people.map(({ user }) => user.email);
}

async function aboutQuote(tx: Tx, { tenantId: id }: Ctx, row: QuoteRow) {
  const { name, slug } = await tx.tenant.findUniqueOrThrow({ where: { id } });
  const link = `${dashboardUrl(slug)}/billing/quotes/${publicId('quote', row.id)}`;
  return { tenantName: name, number: row.number, link };
}

/** Tells the customer of a revision, in the transaction that sends it. */
export async function queueQuoteSent(tx: Tx, ctx: Ctx, row: QuoteRow): Promise<void> {
  const content = quoteContent.parse(currentRevision(row)?.content);
  const about = await aboutQuote(tx, ctx, row);
  for (const to of await readers(tx, ctx, row)) {
    await queueMail(tx, ctx.tenantId, {
      template: 'quote_sent',
      to,
      ...about,
      price: priceWords(content),
      until: content.valid_until,
      revision: row.revision,
    });
  }
}

/** Confirms an acceptance to the customer and tells operators, in its transaction. */
export async function queueQuoteAccepted(tx: Tx, ctx: Ctx, row: QuoteRow): Promise<void> {
  const content = quoteContent.parse(currentRevision(row)?.content);
  const about = await aboutQuote(tx, ctx, row);
  for (const to of await readers(tx, ctx, row)) {
    await queueMail(tx, ctx.tenantId, {
      template: 'quote_accepted',
      to,
      ...about,
      price: priceWords(content),
      netDays: content.net_days,
    });
  }
  await tellOperators(tx, ctx, row.id, 'accepted');
}

/** Has operators mailed: who they are is theirs to know. */
export async function tellOperators(
  tx: Tx,
  { tenantId }: Ctx,
  quoteId: string,
  news: QuoteNews,
): Promise<void> {
  await enqueue(tx, tellOperatorsContract, { tenantId, quoteId, news });
}
