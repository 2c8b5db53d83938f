import type { Metadata } from 'next';
import { listRevenueCustomers } from '@/lib/domains/operator';
import { customersQuery, monthSchema } from '@/lib/domains/revenue/schemas';
import { operatorPage } from '@/lib/transport/operator-page';
import { listQueryOf } from '../../../_components/list-query';
import { customersHref } from '../_components/addresses';
import { askedMonth } from '../_components/asked-month';
import { ListHeader } from '../_components/list-header';
import { MonthName } from '../_components/month-name';
import { NoSuchMonth } from '../_components/no-such-month';
import { NotYourRole } from '../../_components/not-your-role';
import { CustomerRows } from './customer-rows';

export const metadata: Metadata = { title: 'MRR by customer' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function CustomersPage({ searchParams }: Props) {
  const { ctx, may } = await operatorPage();
  if (!may('revenue:read'))
    return <NotYourRole page="Revenue" whose="finance and administrators" />;
  const address = await searchParams;
  const month = askedMonth(address.month, ctx.clock.now());
  if (month === null) {
    return (
      <NoSuchMonth title="MRR by customer" crumb="Customers" href="/admin/revenue/customers" />
    );
  }
  const schema = customersQuery.extend({ month: monthSchema.default(month) });
  const query = listQueryOf(schema, address);
  const page = await listRevenueCustomers(ctx, query);
  const books = { tenants: query.tenants, currency: page.total.currency };
  const path = customersHref(month, books);
  return (
    <>
      <ListHeader
        title={
          <>
            MRR at the end of <MonthName month={month} />
          </>
        }
        crumb="Customers"
        page={page}
        unit={['customer', 'customers']}
        path={path}
        fileName={`mrr-${month}`}
      />
      <CustomerRows key={path} page={page} path={path} />
    </>
  );
}
