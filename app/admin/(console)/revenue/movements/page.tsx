import type { Metadata } from 'next';
import { LinkTabs } from '@/components/ui/tabs';
import { listMovements } from '@/lib/domains/operator';
import { monthSchema, movementKinds, movementsQuery } from '@/lib/domains/revenue/schemas';
import { operatorPage } from '@/lib/transport/operator-page';
import { listQueryOf } from '../../../_components/list-query';
import { movementsHref } from '../_components/addresses';
import { askedMonth } from '../_components/asked-month';
import { ListHeader } from '../_components/list-header';
import { MonthName } from '../_components/month-name';
import { NoSuchMonth } from '../_components/no-such-month';
import { NotYourRole } from '../../_components/not-your-role';
import { kindWords } from '../_components/words';
import { MovementRows } from './movement-rows';

export const metadata: Metadata = { title: 'MRR movements' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function MovementsPage({ searchParams }: Props) {
  const { ctx, may } = await operatorPage();
  if (!may('revenue:read'))
    return <NotYourRole page="Revenue" whose="finance and administrators" />;
  const address = await searchParams;
  const month = askedMonth(address.month, ctx.clock.now());
  if (month === null) {
    return <NoSuchMonth title="MRR movements" crumb="Movements" href="/admin/revenue/movements" />;
  }
  const schema = movementsQuery.extend({ month: monthSchema.default(month) });
  const query = listQueryOf(schema, address);
  const page = await listMovements(ctx, query);
  const { kind } = query;
  const books = { tenants: query.tenants, currency: page.total.currency };
  const path = movementsHref(month, books, kind);
  const tabs = [undefined, ...movementKinds].map((one) => ({
    label: one ? kindWords[one] : 'All',
    href: movementsHref(month, books, one),
  }));
  return (
    <>
      <ListHeader
        title={
          <>
            {kind ? kindWords[kind] : 'MRR movements'}, <MonthName month={month} />
          </>
        }
        crumb="Movements"
        page={page}
        unit={['customer', 'customers']}
        path={path}
        fileName={`mrr-${kind ?? 'movements'}-${month}`}
        signed
        tabs={
          <LinkTabs
            label="Kinds of movement"
            items={tabs}
            current={movementsHref(month, books, kind)}
          />
        }
      />
      <MovementRows key={path} page={page} path={path} />
    </>
  );
}
