import { addOnWords } from '@/components/billing/add-on-words';
import { getSubscription, type SubscriptionDto } from '@/lib/domains/billing';
import { MeterTable } from '@/components/usage/meter-table';
import { Status } from '@/components/ui/badge';
import { DateTime } from '@/components/ui/figures';
import { TextLink } from '@/components/ui/text-link';
import type { TenantFacts } from '@/lib/domains/operator';
import type { AdminSubscription } from '@/lib/domains/operator/schemas';
import { getCurrentUsage } from '@/lib/domains/usage';
import {
  gatewayWord,
  planWord,
  subscriptionStatusWords,
} from '../../../../_components/status-words';
import { DiscountCard } from './discount-card';
import { FactsCard } from '../../../_components/facts-card';

/** What it is, what it pays for, what it uses. */
export async function FactsTab({ facts, giver }: { facts: TenantFacts; giver: string | null }) {
  const { tenant, subscriptions, inside, waitingDiscount, discountSecondFrom } = facts;
  const usage = tenant.deleted_at ? [] : await getCurrentUsage(inside);
  const [latest] = subscriptions;
  const running = latest && latest.status !== 'cancelled';
  const subscription = running ? await getSubscription(inside, latest.id) : null;
  return (
    <div className="grid gap-6">
      <div className="grid gap-6 lg:grid-cols-2">
        <FactsCard
          title="Tenant"
          facts={[
            { name: 'Id', value: <code className="font-mono text-sm">{tenant.id}</code> },
            { name: 'Type', value: tenant.tenant_type.replace('_', ' ') },
            { name: 'Plan', value: tenant.plan_id ? planWord(tenant.plan_id) : '–' },
            { name: 'Members', value: tenant.members },
            { name: 'Signed up', value: <DateTime value={tenant.created_at} /> },
            { name: 'First trial until', value: <DateTime value={tenant.trial_ends_at} /> },
            ...(tenant.deleted_at
              ? [{ name: 'Closed', value: <DateTime value={tenant.deleted_at} /> }]
              : []),
          ]}
        />
        {latest ? (
          <SubscriptionCard subscription={latest} addOns={subscription?.add_ons ?? []} />
        ) : (
          <FactsCard title="Subscription" facts={[{ name: 'State', value: 'Never had one' }]} />
        )}
      </div>
      {subscription && discountSecondFrom ? (
        <DiscountCard
          tenantId={tenant.id}
          subscription={subscription}
          waiting={waitingDiscount}
          giver={giver}
          secondFrom={discountSecondFrom}
        />
      ) : null}
      {usage.length > 0 ? <MeterTable rows={usage} /> : null}
    </div>
  );
}

function SubscriptionCard({
  subscription,
  addOns,
}: {
  subscription: AdminSubscription;
  addOns: SubscriptionDto['add_ons'];
}) {
  const { tone, word } = subscriptionStatusWords[subscription.status];
  return (
    <FactsCard
      title="Subscription"
      facts={[
        { name: 'State', value: <Status tone={tone}>{word}</Status> },
        {
          name: 'Plan',
          value: `${planWord(subscription.plan_id)}, version ${subscription.plan_version}, ${subscription.billing_cycle}`,
        },
        { name: 'Add-ons', value: addOns.length > 0 ? addOnWords(addOns) : 'None' },
        {
          name: `At ${gatewayWord(subscription.gateway)}`,
          value: subscription.provider_id ? (
            <code className="font-mono text-sm">{subscription.provider_id}</code>
          ) : (
            'Not there yet'
          ),
        },
        {
          name: 'Said there',
          value: subscription.provider_status ?? '–',
        },
        {
          name: 'Paid until',
          value: <DateTime value={subscription.current_period_end} />,
        },
        {
          name: 'Ends',
          value: subscription.cancel_at ? <DateTime value={subscription.cancel_at} /> : 'Goes on',
        },
        {
          name: 'All of them',
          value: (
            <TextLink href={`/admin/subscriptions?q=${subscription.tenant.slug}`}>
              In the list of subscriptions
            </TextLink>
          ),
        },
      ]}
    />
  );
}
