import { cycleWords, limitLabels, writeLimit } from '@/components/marketing/plan-words';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { DateTime, Money } from '@/components/ui/figures';
import { Tick } from '@/components/ui/tick';
import type { QuoteDto } from '@/lib/domains/billing';
import { featureCatalogue, isAvailable } from '@/lib/domains/entitlements/schemas';
import { Fact } from '../../_components/fact';
import { dayStart } from './quote-words';

type Sent = NonNullable<QuoteDto['sent']>;

/** Price, payment and until when. */
export function QuoteFacts({ quote, sent }: { quote: QuoteDto; sent: Sent }) {
  const decided = quote.decided_at && quote.status !== 'expired' ? quote.decided_at : null;
  return (
    <Card aria-label="Price and payment">
      <CardBody>
        <dl className="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-4">
          <Fact label="Price, before tax">
            <Money value={sent.price} className="text-md font-medium" />{' '}
            <span className="text-muted">{cycleWords[sent.billing_cycle]}</span>
          </Fact>
          <Fact label="Payment">By invoice, due {sent.net_days} days after its date</Fact>
          <Fact label={decided ? 'Decided' : 'Open until the end of (UTC)'}>
            <DateTime value={decided ?? dayStart(sent.valid_until)} style="date" />
          </Fact>
          <Fact label="Sent">
            <DateTime value={sent.sent_at} style="date" />
            {sent.revision > 1 ? (
              <span className="text-muted">, revision {sent.revision}</span>
            ) : null}
          </Fact>
        </dl>
      </CardBody>
    </Card>
  );
}

/** What the price gives: limits and features, and what was agreed besides. */
export function QuoteContents({ sent }: { sent: Sent }) {
  const features = sent.features.filter(isAvailable);
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <Card>
        <CardHeader
          title="What it gives"
          description="These limits take the place of the plan’s."
        />
        <CardBody>
          <dl className="figures divide-y divide-line border-y border-line">
            {limitLabels.map(({ id, label }) => (
              <div key={id} className="flex justify-between gap-4 py-1.5">
                <dt className="text-muted">{label}</dt>
                <dd className="text-strong">{writeLimit(id, sent.limits[id])}</dd>
              </div>
            ))}
            {sent.overage.api_calls ? (
              <div className="flex justify-between gap-4 py-1.5">
                <dt className="text-muted">A thousand API calls beyond the limit</dt>
                <dd className="text-strong">
                  <Money value={sent.overage.api_calls} />
                </dd>
              </div>
            ) : null}
          </dl>
          <ul className="mt-4 flex flex-col gap-1.5">
            {features.map((feature) => (
              <li key={feature} className="flex gap-2">
                <Tick />
                {featureCatalogue[feature].label}
              </li>
            ))}
          </ul>
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="Terms" />
        <CardBody>
          <p className="whitespace-pre-line text-base">
            {sent.terms || 'Nothing was agreed besides.'}
          </p>
        </CardBody>
      </Card>
    </div>
  );
}
