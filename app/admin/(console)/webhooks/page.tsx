import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { adminWebhookQuery, listWebhooks } from '@/lib/domains/operator';
import { operatorPage } from '@/lib/transport/operator-page';
import { listQueryOf } from '../../_components/list-query';
import { WebhookTable } from './_components/webhook-table';

export const metadata: Metadata = { title: 'Webhooks' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function WebhooksPage({ searchParams }: Props) {
  const { ctx } = await operatorPage();
  const query = listQueryOf(adminWebhookQuery, await searchParams);
  const page = await listWebhooks(ctx, query);
  return (
    <>
      <PageHeader
        title="Webhooks"
        description="What payment providers told us, as it was signed, and what came of it. Kept for 90 days after that; what failed or waits stays."
      />
      <WebhookTable rows={page.data} nextCursor={page.next_cursor} />
    </>
  );
}
