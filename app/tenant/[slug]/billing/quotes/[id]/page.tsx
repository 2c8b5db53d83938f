import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { DownloadPdf } from '@/components/billing/download-pdf';
import { PageHeader } from '@/components/patterns/page-header';
import { Status } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { LinkButton } from '@/components/ui/link-button';
import { QueryProvider } from '@/lib/client/query-provider';
import { getQuote, listPlans, type QuoteDto } from '@/lib/domains/billing';
import { allows, type Ctx } from '@/lib/kernel/ctx';
import { foundOrNotFound } from '@/lib/transport/found';
import { heldPageCtx } from '@/lib/transport/page-ctx';
import { MayReadBilling } from '../../_components/may-read-billing';
import { AcceptQuote, DeclineQuote } from '../_components/answer-quote';
import { QuoteContents, QuoteFacts } from '../_components/quote-facts';
import { billedWords, quoteStates } from '../_components/quote-words';

export const metadata: Metadata = { title: 'Quote' };

type Props = { params: Promise<{ slug: string; id: string }> };

const mayAnswer = ({ actor }: Ctx) =>
  actor.kind === 'member' && actor.role === 'owner' && allows(actor, 'billing:write');

/** What stands between the reader and the next step. */
function Standing({ quote, owner, base }: { quote: QuoteDto; owner: boolean; base: string }) {
  const plan = (
    <LinkButton variant="secondary" size="sm" href={`${base}/billing`}>
      See the plan
    </LinkButton>
  );
  const said = quote.reason ? ` “${quote.reason}”` : '';
  const words: Partial<Record<QuoteDto['status'], ReactNode>> = {
    requested: (
      <Callout title="It is being written">You get a mail as soon as it is ready.</Callout>
    ),
    accepted: (
      <Callout tone="positive" title="Accepted" actions={plan}>
        Invoices are mailed, and stand on the billing page.
      </Callout>
    ),
    declined: <Callout title="Declined">Your plan stayed as it was.{said}</Callout>,
    expired: (
      <Callout tone="warning" title="It has run out">
        Nobody answered in time. Ask for a new one on the billing page.
      </Callout>
    ),
    withdrawn: (
      <Callout tone="warning" title="We took it back">
        {quote.reason ?? 'Ask us for a new one.'}
      </Callout>
    ),
    sent: owner ? null : (
      <Callout title="An owner answers">
        Only an owner of the organisation can accept or decline it.
      </Callout>
    ),
  };
  return words[quote.status] ?? null;
}

function Asked({ request }: { request: NonNullable<QuoteDto['request']> }) {
  return (
    <Card>
      <CardHeader title="What you asked for" description={billedWords[request.billing_cycle]} />
      <CardBody>
        <p className="whitespace-pre-line text-base">{request.message}</p>
      </CardBody>
    </Card>
  );
}

export default async function QuotePage({ params }: Props) {
  const { slug, id } = await params;
  const { ctx, base } = await heldPageCtx(slug);
  return (
    <MayReadBilling ctx={ctx}>
      {async () => {
        const quote = await foundOrNotFound(getQuote(ctx, id));
        const { number, sent, status, request } = quote;
        const { tone, word } = quoteStates[status];
        const plans = await listPlans(ctx);
        const planNames = Object.fromEntries(plans.map((plan) => [plan.id, plan.name]));
        const owner = mayAnswer(ctx);
        const answer = sent && status === 'sent' && owner ? { id, number, ...sent } : null;
        return (
          <QueryProvider>
            <PageHeader
              title={<span className="figures">{number}</span>}
              badge={<Status tone={tone}>{word}</Status>}
              crumbs={[
                { label: 'Billing', href: `${base}/billing` },
                { label: 'Quotes', href: `${base}/billing/quotes` },
                { label: number },
              ]}
              secondary={
                <>
                  {sent ? <DownloadPdf of={`quotes/${id}`} name={`quote-${number}`} /> : null}
                  {answer ? (
                    <DeclineQuote id={id} number={number} revision={answer.revision} />
                  ) : null}
                </>
              }
              action={
                answer ? (
                  <AcceptQuote
                    id={id}
                    number={number}
                    revision={answer.revision}
                    planNames={planNames}
                  />
                ) : null
              }
            />
            <div className="grid gap-6">
              <Standing quote={quote} owner={owner} base={base} />
              {sent ? <QuoteFacts quote={quote} sent={sent} /> : null}
              {sent ? <QuoteContents sent={sent} /> : null}
              {request ? <Asked request={request} /> : null}
            </div>
          </QueryProvider>
        );
      }}
    </MayReadBilling>
  );
}
