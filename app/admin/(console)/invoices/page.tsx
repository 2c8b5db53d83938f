import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { adminInvoiceQuery, listAllInvoices } from '@/lib/domains/operator';
import { operatorPage } from '@/lib/transport/operator-page';
import { listQueryOf } from '../../_components/list-query';
import { InvoiceTable } from './_components/invoice-table';

export const metadata: Metadata = { title: 'Invoices' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function InvoicesPage({ searchParams }: Props) {
  const { ctx } = await operatorPage();
  const page = await listAllInvoices(ctx, listQueryOf(adminInvoiceQuery, await searchParams));
  return (
    <>
      <PageHeader
        title="Invoices"
        description="Every invoice of every tenant, with what was paid of it, given back and disputed."
      />
      <InvoiceTable rows={page.data} nextCursor={page.next_cursor} />
    </>
  );
}
