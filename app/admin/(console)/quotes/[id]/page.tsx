import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { Status } from '@/components/ui/badge';
import { TextLink } from '@/components/ui/text-link';
import { getAdminQuote } from '@/lib/domains/operator';
import { foundOrNotFound } from '@/lib/transport/found';
import { operatorPage } from '@/lib/transport/operator-page';
import { quoteStatusWords } from '../_components/quote-words';
import { QuoteDraftForm } from './_components/quote-draft-form';
import { SendDialog, WithdrawDialog } from './_components/quote-dialogs';
import { QuoteStanding } from './_components/quote-standing';
import { RevisionsCard } from './_components/revisions-card';

export const metadata: Metadata = { title: 'Quote' };

type Props = { params: Promise<{ id: string }> };

export default async function AdminQuotePage({ params }: Props) {
  const { ctx, may } = await operatorPage();
  const quote = await foundOrNotFound(getAdminQuote(ctx, (await params).id));
  const { number, status, tenant, draft } = quote;
  const { tone, word } = quoteStatusWords[status];
  const mayWrite = may('money:write');
  const open = ['requested', 'draft', 'sent'].includes(status);
  return (
    <>
      <PageHeader
        title={<span className="figures">{number}</span>}
        description={
          <TextLink href={`/admin/tenants/${tenant.id}`}>
            {tenant.name} ({tenant.slug})
          </TextLink>
        }
        badge={<Status tone={tone}>{word}</Status>}
        crumbs={[
          { label: 'Quotes', href: '/admin/quotes' },
          { label: number, href: `/admin/quotes/${quote.id}` },
        ]}
        action={mayWrite && draft && status !== 'accepted' ? <SendDialog quote={quote} /> : null}
        secondary={mayWrite && open ? <WithdrawDialog quote={quote} /> : null}
      />
      <div className="flex flex-col gap-6">
        <QuoteStanding quote={quote} />
        {status === 'accepted' ? null : <QuoteDraftForm quote={quote} mayWrite={mayWrite} />}
        <RevisionsCard quote={quote} />
      </div>
    </>
  );
}
