import type { Metadata } from 'next';
import { LinkTabs } from '@/components/ui/tabs';
import { listRevenueInvoices } from '@/lib/domains/operator';
import {
  invoiceMeasureSchema,
  invoiceMeasures,
  monthSchema,
  revenueInvoicesQuery,
} from '@/lib/domains/revenue/schemas';
import { operatorPage } from '@/lib/transport/operator-page';
import { listQueryOf } from '../../../_components/list-query';
import { invoicesHref } from '../_components/addresses';
import { askedMonth } from '../_components/asked-month';
import { ListHeader } from '../_components/list-header';
import { MonthName } from '../_components/month-name';
import { NoSuchMonth } from '../_components/no-such-month';
import { NotYourRole } from '../../_components/not-your-role';
import { measureWords } from '../_components/words';
import { InvoiceRows } from './invoice-rows';

export const metadata: Metadata = { title: 'Invoices behind revenue' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function RevenueInvoicesPage({ searchParams }: Props) {
  const { ctx, may } = await operatorPage();
  if (!may('revenue:read'))
    return <NotYourRole page="Revenue" whose="finance and administrators" />;
  const address = await searchParams;
  const month = askedMonth(address.month, ctx.clock.now());
  if (month === null) {
    return (
      <NoSuchMonth
        title="Invoices behind revenue"
        crumb="Invoices"
        href="/admin/revenue/invoices"
      />
    );
  }
  const schema = revenueInvoicesQuery.extend({
    month: monthSchema.default(month),
    measure: invoiceMeasureSchema.default('recognised'),
  });
  const query = listQueryOf(schema, address);
  const page = await listRevenueInvoices(ctx, query);
  const { measure } = query;
  const books = { tenants: query.tenants, currency: page.total.currency };
  const path = invoicesHref(month, books, measure);
  return (
    <>
      <ListHeader
        title={
          <>
            {measureWords[measure].name}, <MonthName month={month} />
          </>
        }
        crumb="Invoices"
        page={page}
        unit={
          measure === 'cash'
            ? ['payment or refund', 'payments and refunds']
            : ['invoice', 'invoices']
        }
        path={path}
        fileName={`${measure}-${month}`}
        tabs={
          <LinkTabs
            label="Measures"
            items={invoiceMeasures.map((one) => ({
              label: measureWords[one].name,
              href: invoicesHref(month, books, one),
            }))}
            current={invoicesHref(month, books, measure)}
          />
        }
      />
      <InvoiceRows key={path} page={page} path={path} />
    </>
  );
}
