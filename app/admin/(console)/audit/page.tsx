import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { listPlatformAudit, platformAuditQuery } from '@/lib/domains/operator';
import { operatorPage } from '@/lib/transport/operator-page';
import { listQueryOf } from '../../_components/list-query';
import { PlatformAuditTable } from './_components/platform-audit-table';

export const metadata: Metadata = { title: 'Audit log' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function PlatformAuditPage({ searchParams }: Props) {
  const { ctx } = await operatorPage();
  const query = listQueryOf(platformAuditQuery, await searchParams);
  const page = await listPlatformAudit(ctx, query);
  return (
    <>
      <PageHeader
        title="Audit log"
        description="What operators did. What they only looked at is kept as well."
      />
      <PlatformAuditTable rows={page.data} nextCursor={page.next_cursor} />
    </>
  );
}
