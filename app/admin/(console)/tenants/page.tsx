import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { adminTenantQuery, listAllTenants } from '@/lib/domains/operator';
import { operatorPage } from '@/lib/transport/operator-page';
import { listQueryOf } from '../../_components/list-query';
import { TenantTable } from './_components/tenant-table';

export const metadata: Metadata = { title: 'Tenants' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function TenantsPage({ searchParams }: Props) {
  const { ctx } = await operatorPage();
  const query = listQueryOf(adminTenantQuery, await searchParams);
  const page = await listAllTenants(ctx, query);
  return (
    <>
      <PageHeader
        title="Tenants"
        description="Every organisation. Search finds a name, an address, an id or one of its people."
      />
      <TenantTable rows={page.data} nextCursor={page.next_cursor} />
    </>
  );
}
