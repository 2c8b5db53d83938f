import type { QuoteNews } from '@/lib/domains/billing';
import { requestQuoteInput } from '@/lib/domains/billing/quotes/schemas';
import { queueMail } from '@/lib/domains/identity';
import { withSystem } from '@/lib/infra/db';
import { publicId } from '@/lib/kernel/ids';
import { consoleUrl } from '../console-url';

/** Mails those who can act on it what happened to a quote. */
export async function tellOperatorsOfQuote(
  tenantId: string,
  quoteId: string,
  news: QuoteNews,
): Promise<void> {
  await withSystem('operator.quote_news', async (tx) => {
    const quote = await tx.quote.findUnique({
      where: { tenantId_id: { tenantId, id: quoteId } },
    });
    if (!quote) return;
    const { name } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    const operators = await tx.platformOperator.findMany({
      where: { status: 'active', role: { in: ['admin', 'finance'] } },
    });
    const asked = requestQuoteInput.nullable().parse(quote.request);
    for (const { email: to } of operators) {
      await queueMail(tx, null, {
        template: 'quote_news',
        to,
        link: consoleUrl(`/quotes/${publicId('quote', quoteId)}`),
        tenantName: name,
        number: quote.number,
        news,
        words: news === 'requested' ? (asked?.message ?? null) : quote.reason,
      });
    }
  });
}
