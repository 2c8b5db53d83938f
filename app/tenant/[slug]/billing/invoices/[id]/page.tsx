import type { Metadata } from 'next';
import { DownloadPdf } from '@/components/billing/download-pdf';
import { PageHeader } from '@/components/patterns/page-header';
import { Status } from '@/components/ui/badge';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { LinkButton } from '@/components/ui/link-button';
import { explainInvoice, getInvoice, getMoneyBack } from '@/lib/domains/billing';
import { foundOrNotFound } from '@/lib/transport/found';
import { heldPageCtx } from '@/lib/transport/page-ctx';
import { invoiceStates } from '../../_components/invoice-states';
import { MayReadBilling } from '../../_components/may-read-billing';
import { InvoiceFacts } from '../_components/invoice-facts';
import { InvoiceLines } from '../_components/invoice-lines';
import { MoneyBackCard } from '../_components/money-back-card';
import { InvoiceSums } from '../_components/invoice-sums';

export const metadata: Metadata = { title: 'Invoice' };

type Props = { params: Promise<{ slug: string; id: string }> };

export default async function InvoicePage({ params }: Props) {
  const { slug, id } = await params;
  const { ctx, base } = await heldPageCtx(slug);
  return (
    <MayReadBilling ctx={ctx}>
      {async () => {
        const invoice = await foundOrNotFound(getInvoice(ctx, id));
        const explanation = await explainInvoice(ctx, id);
        const back = await getMoneyBack(ctx, id);
        const { tone, word } = invoiceStates[invoice.status];
        const payable = invoice.status === 'open' ? invoice.hosted_url : null;
        return (
          <>
            <PageHeader
              title={<span className="figures">{invoice.number}</span>}
              badge={<Status tone={tone}>{word}</Status>}
              crumbs={[
                { label: 'Billing', href: `${base}/billing` },
                { label: 'Invoices', href: `${base}/billing/invoices` },
                { label: invoice.number },
              ]}
              secondary={
                <DownloadPdf of={`invoices/${invoice.id}`} name={`invoice-${invoice.number}`} />
              }
              action={payable ? <LinkButton href={payable}>Pay invoice</LinkButton> : null}
            />
            <div className="grid gap-6">
              <InvoiceFacts invoice={invoice} />
              <Card>
                <CardHeader
                  title="What it is for"
                  description="Open a line to see the rule behind it and how its amount was worked out."
                />
                <InvoiceLines lines={explanation.lines} />
                <CardBody className="border-t border-line pt-4">
                  <InvoiceSums sums={explanation.sums} />
                </CardBody>
              </Card>
              <MoneyBackCard back={back} />
            </div>
          </>
        );
      }}
    </MayReadBilling>
  );
}
