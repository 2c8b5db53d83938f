import type { Metadata } from 'next';
import { DownloadPdf } from '@/components/billing/download-pdf';
import { PageHeader } from '@/components/patterns/page-header';
import { Status } from '@/components/ui/badge';
import { getInvoice, getMoneyBack } from '@/lib/domains/billing';
import { getInvoiceFacts } from '@/lib/domains/operator';
import { newId, publicId } from '@/lib/kernel/ids';
import { foundOrNotFound } from '@/lib/transport/found';
import { operatorPage } from '@/lib/transport/operator-page';
import { invoiceStatusWords } from '../../../_components/status-words';
import { DisputesCard } from './_components/disputes-card';
import { LinesCard } from './_components/lines-card';
import { PaymentCard } from './_components/payment-card';
import { RefundDialog } from './_components/refund-dialog';
import { RefundsCard } from './_components/refunds-card';

export const metadata: Metadata = { title: 'Invoice' };

type Props = { params: Promise<{ id: string }> };

export default async function InvoicePage({ params }: Props) {
  const { ctx, operator, may } = await operatorPage();
  const facts = await foundOrNotFound(getInvoiceFacts(ctx, (await params).id));
  const { invoice, inside, left, secondFrom } = facts;
  const whole = await getInvoice(inside, invoice.id);
  const { disputes } = await getMoneyBack(inside, invoice.id);
  const { tone, word } = invoiceStatusWords[invoice.status];
  const mayRefund = may('money:write');
  return (
    <>
      <PageHeader
        title={<span className="figures">{invoice.number}</span>}
        description={invoice.tenant.name}
        badge={<Status tone={tone}>{word}</Status>}
        crumbs={[
          { label: 'Invoices', href: '/admin/invoices' },
          { label: invoice.number, href: `/admin/invoices/${invoice.id}` },
        ]}
        secondary={<DownloadPdf of={`admin/invoices/${invoice.id}`} name={invoice.number} />}
        action={
          mayRefund && left.amount > 0 ? (
            <RefundDialog
              requestKey={newId()}
              invoiceId={invoice.id}
              number={invoice.number}
              left={left}
              secondFrom={secondFrom}
            />
          ) : null
        }
      />
      <div className="grid items-start gap-6 lg:grid-cols-[20rem_1fr]">
        <PaymentCard invoice={whole} facts={facts} />
        <div className="grid gap-6">
          <LinesCard invoice={whole} />
          <RefundsCard
            refunds={facts.refunds}
            decider={mayRefund ? publicId('operator', operator.operatorId) : null}
          />
          <DisputesCard disputes={disputes} />
        </div>
      </div>
    </>
  );
}
