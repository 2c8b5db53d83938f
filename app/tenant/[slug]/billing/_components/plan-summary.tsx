import { DiscountWords } from '@/components/billing/discount-words';
import { TimeLeft } from '@/components/billing/time-left';
import { Status } from '@/components/ui/badge';
import { Card, CardBody, CardFooter, CardHeader } from '@/components/ui/card';
import { DateTime, Money } from '@/components/ui/figures';
import type { BillingOverview, OverageDto, SubscriptionDto } from '@/lib/domains/billing';
import { Fact } from './fact';
import { PaymentReasons } from './payment-reasons';
import { PlanActions, StartAgain } from './plan-actions';
import { statusWords } from './status-words';
import { SubscriptionButton } from './subscription-button';

const cycles = { monthly: 'Monthly', quarterly: 'Quarterly', annual: 'Annual' } as const;

function Next({ overview }: { overview: BillingOverview }) {
  const { subscription, next_payment, rights } = overview;
  if (subscription?.status === 'paused') return <>Nothing while it is paused</>;
  if (subscription?.cancel_at) {
    return (
      <>
        Nothing. It ends on <DateTime value={subscription.cancel_at} style="date" />.
      </>
    );
  }
  if (next_payment) {
    return (
      <>
        <Money value={next_payment.total} /> on <DateTime value={next_payment.at} style="date" />
      </>
    );
  }
  if (rights.source === 'trial') return <>Nothing until you choose a plan</>;
  if (subscription && subscription.status !== 'incomplete') {
    return <>The payment provider can’t say just now</>;
  }
  return <>Nothing</>;
}

function Deadline({ overview }: { overview: BillingOverview }) {
  const { subscription, rights } = overview;
  const ends =
    subscription?.status === 'trialing' ? subscription.trial_ends_at : rights.valid_until;
  const onTrial = subscription?.status === 'trialing' || rights.source === 'trial';
  if (onTrial && ends) {
    return (
      <Fact label="Trial">
        <TimeLeft until={ends} /> left, until <DateTime value={ends} style="date" />
      </Fact>
    );
  }
  if (!subscription?.current_period_end || subscription.status === 'paused') return null;
  return (
    <Fact label={subscription.invoice_days === null ? 'Paid until' : 'This period until'}>
      <DateTime value={subscription.current_period_end} style="date" />
    </Fact>
  );
}

function PaidBy({ overview: { subscription, card } }: { overview: BillingOverview }) {
  if (subscription?.account && subscription.status !== 'incomplete') {
    return <Fact label="Paid by">{subscription.account}</Fact>;
  }
  if (subscription && subscription.invoice_days !== null && subscription.status !== 'incomplete') {
    return (
      <Fact label="Payment">{`By invoice, due ${subscription.invoice_days} days after its date`}</Fact>
    );
  }
  return (
    <Fact label="Card">
      {card ? (
        <span className="figures">
          <span className="capitalize">{card.brand}</span> ending {card.last4}, until{' '}
          {String(card.exp_month).padStart(2, '0')}/{card.exp_year}
        </span>
      ) : (
        'None yet'
      )}
    </Fact>
  );
}

/** What the person should know before they press one of the buttons. */
function advice({ wants_card }: BillingOverview): string | null {
  return wants_card ? 'Without a card the subscription ends with its trial.' : null;
}

/** What the organisation has, what it pays next, and the ways to change that. */
export function PlanSummary({
  overview,
  overage,
  mayPay,
}: {
  overview: BillingOverview;
  overage: readonly OverageDto[];
  mayPay: boolean;
}) {
  const { subscription, ended, rights, plans } = overview;
  const running = subscription !== null && subscription.status !== 'incomplete';
  const { tone, word } = statusWords(overview);
  const cardless = overview.wants_card;
  const planName = rights.plan_name;
  const lastName = plans.find(({ id }) => id === ended?.plan_id)?.name;
  return (
    <Card aria-label="Your plan">
      <CardHeader
        title={planName}
        description={
          running
            ? `Billed ${cycles[subscription.billing_cycle].toLowerCase()}`
            : 'No subscription yet'
        }
        actions={<Status tone={tone}>{word}</Status>}
      />
      <CardBody>
        <dl className="grid gap-4 sm:grid-cols-3">
          <Deadline overview={overview} />
          <Fact label="Next payment">
            <Next overview={overview} />
          </Fact>
          <PaidBy overview={overview} />
        </dl>
      </CardBody>
      {overview.next_payment ? (
        <PaymentReasons payment={overview.next_payment} overage={overage} />
      ) : null}
      {running && mayPay ? (
        <CardFooter>
          <span className="max-w-prose">{advice(overview)}</span>
          <span className="flex flex-wrap gap-2">
            <PlanActions
              subscription={subscription}
              planName={planName}
              pausing={overview.pausing}
            />
            {cardless ? (
              <SubscriptionButton ask="addCard" subscriptionId={subscription.id} variant="primary">
                Add a card
              </SubscriptionButton>
            ) : null}
            {overview.card_replaceable ? (
              <SubscriptionButton ask="addCard" subscriptionId={subscription.id}>
                {subscription.checkout_url ? 'Go on changing the card' : 'Change card'}
              </SubscriptionButton>
            ) : null}
          </span>
        </CardFooter>
      ) : null}
      {ended && lastName && mayPay && !overview.unpaid ? (
        <ComeBack ended={ended} kept={overview.kept_discount} planName={lastName} />
      ) : null}
    </Card>
  );
}

/** What coming back costs and when, and the way to it. */
function ComeBack({
  ended,
  kept,
  planName,
}: {
  ended: SubscriptionDto;
  kept: BillingOverview['kept_discount'];
  planName: string;
}) {
  return (
    <CardFooter>
      <span>
        {planName}, billed {ended.billing_cycle}, is charged{' '}
        {ended.account
          ? `as soon as you agree on ${ended.account}’s page.`
          : 'at once: to the card on file, or on the page that takes one.'}
        {kept ? (
          <>
            {' '}
            Your discount comes along: <DiscountWords discount={kept} />.
          </>
        ) : null}
      </span>
      <StartAgain ended={ended} planName={planName} />
    </CardFooter>
  );
}
