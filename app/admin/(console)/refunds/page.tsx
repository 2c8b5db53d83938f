import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { adminRefundQuery, listRefunds } from '@/lib/domains/operator';
import { publicId } from '@/lib/kernel/ids';
import { operatorPage } from '@/lib/transport/operator-page';
import { listQueryOf } from '../../_components/list-query';
import { RefundTable } from './_components/refund-table';

export const metadata: Metadata = { title: 'Refunds' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function RefundsPage({ searchParams }: Props) {
  const { ctx, operator, may } = await operatorPage();
  const page = await listRefunds(ctx, listQueryOf(adminRefundQuery, await searchParams));
  return (
    <>
      <PageHeader
        title="Refunds"
        description="Money that is given back. Large sums wait here until a second operator approves them; refunds made by hand at the payment provider are listed as well."
      />
      <RefundTable
        rows={page.data}
        nextCursor={page.next_cursor}
        decider={may('money:write') ? publicId('operator', operator.operatorId) : null}
      />
    </>
  );
}
