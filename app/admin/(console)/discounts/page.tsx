import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { adminDiscountQuery, listDiscounts } from '@/lib/domains/operator';
import { publicId } from '@/lib/kernel/ids';
import { operatorPage } from '@/lib/transport/operator-page';
import { listQueryOf } from '../../_components/list-query';
import { DiscountTable } from './_components/discount-table';

export const metadata: Metadata = { title: 'Discounts' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function DiscountsPage({ searchParams }: Props) {
  const { ctx, operator, may } = await operatorPage();
  const page = await listDiscounts(ctx, listQueryOf(adminDiscountQuery, await searchParams));
  return (
    <>
      <PageHeader
        title="Discounts"
        description="What operators gave tenants or asked for. Those that take off much within a year, or everything for ever, wait here until a second operator approves them."
      />
      <DiscountTable
        rows={page.data}
        nextCursor={page.next_cursor}
        decider={may('money:write') ? publicId('operator', operator.operatorId) : null}
      />
    </>
  );
}
