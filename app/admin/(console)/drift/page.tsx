import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { adminDriftQuery, listDrift } from '@/lib/domains/operator';
import { operatorAllows } from '@/lib/kernel/operator-access';
import { operatorPage } from '@/lib/transport/operator-page';
import { listQueryOf } from '../../_components/list-query';
import { DriftTable } from './_components/drift-table';

export const metadata: Metadata = { title: 'Drift' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function DriftPage({ searchParams }: Props) {
  const { ctx, operator } = await operatorPage();
  const query = listQueryOf(adminDriftQuery, await searchParams);
  const page = await listDrift(ctx, query);
  return (
    <>
      <PageHeader
        title="Drift"
        description="Where a payment provider has something else than was asked for here, or than the rules give. Compared whenever a provider tells of news, and once a day."
      />
      <DriftTable
        rows={page.data}
        nextCursor={page.next_cursor}
        mayHeal={operatorAllows(operator.role, 'money:write')}
      />
    </>
  );
}
