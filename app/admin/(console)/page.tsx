import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { StatRow, StatTile } from '@/components/patterns/stat-tile';
import { DateTime, Money, Quantity } from '@/components/ui/figures';
import { TextLink } from '@/components/ui/text-link';
import { getStats } from '@/lib/domains/operator';
import { operatorPage } from '@/lib/transport/operator-page';
import { planWord, subscriptionStatusWords, tenantStatusWords } from '../_components/status-words';
import { Breakdown } from './_overview/breakdown';

export const metadata: Metadata = { title: 'Overview' };

export default async function OverviewPage() {
  const { ctx } = await operatorPage();
  const { tenants, subscriptions, invoices, people, drift, webhooks, as_of } = await getStats(ctx);
  return (
    <>
      <PageHeader
        title="Overview"
        description={
          <>
            The whole platform, counted <DateTime value={as_of} style="minute" />.
          </>
        }
      />
      <StatRow>
        <StatTile
          name="Tenants"
          definition="All organisations, closed ones too."
          value={<Quantity value={tenants.total} />}
          note={`${tenants.new_30_days} new in 30 days`}
        />
        <StatTile
          name="Live subscriptions"
          definition="Subscriptions that haven’t been cancelled."
          value={<Quantity value={subscriptions.live} />}
          note={`${subscriptions.by_status.past_due} past due`}
        />
        <StatTile
          name="Open invoices"
          definition="Invoices sent and not paid yet, and what is due on them."
          value={<Quantity value={invoices.open} />}
          note={
            invoices.open_due.length === 0
              ? 'Nothing is due'
              : invoices.open_due.map((due) => (
                  <span key={due.currency} className="mr-2">
                    <Money value={due} /> due
                  </span>
                ))
          }
        />
        <StatTile
          name="People"
          definition="Persons with an account, in however many organisations."
          value={<Quantity value={people} />}
        />
        <StatTile
          name="Drift"
          definition="Subscriptions and invoices that differ from what their payment provider says."
          value={<Quantity value={drift} />}
          note={
            drift > 0 ? (
              <TextLink href="/admin/drift">Look at the differences</TextLink>
            ) : (
              'Providers agree with us'
            )
          }
        />
        <StatTile
          name="Webhooks to deal with"
          definition="Deliveries of payment providers that nobody has dealt with yet."
          value={<Quantity value={webhooks.waiting} />}
          note={
            webhooks.failing > 0 ? (
              <TextLink href="/admin/webhooks?state=failing">{webhooks.failing} failing</TextLink>
            ) : (
              `${webhooks.received_24_hours} received in 24 hours`
            )
          }
        />
      </StatRow>
      <div className="mt-6 grid gap-6 lg:grid-cols-3">
        <Breakdown
          title="Tenants by status"
          rows={Object.entries(tenants.by_status).map(([status, count]) => ({
            href: `/admin/tenants?status=${status}`,
            label: tenantStatusWords[status as keyof typeof tenantStatusWords].word,
            count,
          }))}
        />
        <Breakdown
          title="Subscriptions by status"
          rows={Object.entries(subscriptions.by_status).map(([status, count]) => ({
            href: `/admin/subscriptions?status=${status}`,
            label: subscriptionStatusWords[status as keyof typeof subscriptionStatusWords].word,
            count,
          }))}
        />
        <Breakdown
          title="Live subscriptions by plan"
          empty="Nobody has a live subscription yet."
          rows={subscriptions.by_plan.map(({ plan_id, live }) => ({
            href: `/admin/subscriptions?plan=${plan_id}`,
            label: planWord(plan_id),
            count: live,
          }))}
        />
      </div>
    </>
  );
}
