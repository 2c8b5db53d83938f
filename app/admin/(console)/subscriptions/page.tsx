import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { adminSubscriptionQuery, listAllSubscriptions } from '@/lib/domains/operator';
import { operatorPage } from '@/lib/transport/operator-page';
import { listQueryOf } from '../../_components/list-query';
import { SubscriptionTable } from './_components/subscription-table';

export const metadata: Metadata = { title: 'Subscriptions' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SubscriptionsPage({ searchParams }: Props) {
  const { ctx } = await operatorPage();
  const query = listQueryOf(adminSubscriptionQuery, await searchParams);
  const page = await listAllSubscriptions(ctx, query);
  return (
    <>
      <PageHeader
        title="Subscriptions"
        description="What every tenant asked for, and what the payment provider last said of it."
      />
      <SubscriptionTable rows={page.data} nextCursor={page.next_cursor} />
    </>
  );
}
