import { Badge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { DateTime, Money, Quantity } from '@/components/ui/figures';
import type { OverageDto } from '@/lib/domains/billing';
import { OverageForm } from './overage-form';

const words = { off: 'Off', on: 'On', budget: 'On, with a budget' };

function Figures({ overage }: { overage: OverageDto }) {
  const { used, included, charge, projected_charge, stops_at, mode } = overage;
  const beyond = included === null ? 0 : Math.max(0, used - included);
  return (
    <dl className="grid gap-x-8 gap-y-3 text-base sm:grid-cols-3">
      <div>
        <dt className="text-sm text-muted">This month so far</dt>
        <dd className="text-strong">
          <Money value={charge} />{' '}
          <span className="text-sm text-muted">
            for <Quantity value={beyond} /> calls
          </span>
        </dd>
      </div>
      <div>
        <dt className="text-sm text-muted">At this pace, by the month’s end</dt>
        <dd className="text-strong">
          {projected_charge ? <Money value={projected_charge} /> : 'Too early to tell'}
        </dd>
      </div>
      <div>
        <dt className="text-sm text-muted">Calls stop at</dt>
        <dd className="text-strong">
          {stops_at === null ? 'No limit' : <Quantity value={stops_at} />}
          {mode === 'budget' && overage.budget ? (
            <span className="text-sm text-muted">
              {' '}
              for <Money value={overage.budget} /> at most
            </span>
          ) : null}
        </dd>
      </div>
    </dl>
  );
}

/** What happens when the month's calls reach the limit, what it costs, and the switch. */
export function OverageCard({ overage, mayPay }: { overage: OverageDto; mayPay: boolean }) {
  const { price_per_thousand: price, included, mode, next, active } = overage;
  if (!price || included === null) return null;
  return (
    <Card>
      <CardHeader
        title="API calls beyond the limit"
        description={
          <>
            <Money value={price} whole /> for each 1,000 calls over the{' '}
            <Quantity value={included} /> a month that your plan includes, charged when the month is
            over.
          </>
        }
        actions={<Badge tone={mode === 'off' ? 'neutral' : 'accent'}>{words[mode]}</Badge>}
      />
      <CardBody className="grid gap-5">
        {mode === 'off' ? null : <Figures overage={overage} />}
        {mode !== 'off' && !active ? (
          <Callout tone="info" title="Waits for a paid subscription">
            On trial and while a subscription rests, calls stop at the limit and nothing beyond it
            is charged.
          </Callout>
        ) : null}
        {next ? (
          <Callout tone="info" title="Changes with the next month">
            What was used so far is owed, so this month keeps it as its budget. On{' '}
            <DateTime value={next.from} style="date" /> it becomes: {words[next.mode].toLowerCase()}
            {next.budget ? (
              <>
                {' '}
                of <Money value={next.budget} />
              </>
            ) : null}
            .
          </Callout>
        ) : null}
        {mayPay ? (
          <OverageForm
            meter={overage.meter}
            mode={next?.mode ?? mode}
            budget={next ? next.budget : overage.budget}
            currency={price.currency}
          />
        ) : null}
      </CardBody>
    </Card>
  );
}
