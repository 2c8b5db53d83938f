import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PageHeader } from '@/components/patterns/page-header';
import { Status } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { CodeBlock } from '@/components/ui/code-block';
import { DateTime } from '@/components/ui/figures';
import { getWebhook, webhookReplayInput } from '@/lib/domains/operator';
import { foundOrNotFound } from '@/lib/transport/found';
import { operatorPage } from '@/lib/transport/operator-page';
import { gatewayWord, webhookStateWords } from '../../../../_components/status-words';
import { FactsCard } from '../../../_components/facts-card';
import { ReplayButton } from '../../_components/replay-button';

export const metadata: Metadata = { title: 'Webhook' };

type Props = { params: Promise<{ provider: string; event: string }> };

export default async function WebhookPage({ params }: Props) {
  const { ctx, may } = await operatorPage();
  const { provider, event } = await params;
  const named = webhookReplayInput.safeParse({ provider, event_id: decodeURIComponent(event) });
  if (!named.success) notFound();
  const webhook = await foundOrNotFound(getWebhook(ctx, named.data));
  const { tone, word } = webhookStateWords(webhook.state);
  return (
    <>
      <PageHeader
        title={webhook.type}
        description={`${gatewayWord(webhook.provider)} event ${webhook.event_id}`}
        badge={<Status tone={tone}>{word}</Status>}
        crumbs={[
          { label: 'Webhooks', href: '/admin/webhooks' },
          { label: webhook.type, href: `/admin/webhooks/${provider}/${event}` },
        ]}
        action={
          may('money:write') ? (
            <ReplayButton provider={webhook.provider} eventId={webhook.event_id} />
          ) : null
        }
      />
      {webhook.last_error ? (
        <Callout tone="negative" title="The last try failed" className="mb-6">
          {webhook.last_error}
        </Callout>
      ) : null}
      <div className="grid items-start gap-6 lg:grid-cols-[20rem_1fr]">
        <FactsCard
          title="Delivery"
          facts={[
            { name: 'Received', value: <DateTime value={webhook.received_at} /> },
            { name: 'Dealt with', value: <DateTime value={webhook.processed_at} /> },
            { name: 'Tries', value: webhook.attempts },
          ]}
        />
        <CodeBlock title="Body" code={JSON.stringify(webhook.body, null, 2)} />
      </div>
    </>
  );
}
