import { DiscountWords } from '@/components/billing/discount-words';
import { Status } from '@/components/ui/badge';
import { Card, CardBody, CardFooter, CardHeader } from '@/components/ui/card';
import type {
  BillingOverview,
  InvoiceDto,
  OverageDto,
  SubscriptionDto,
} from '@/lib/domains/billing';
import { billedWords } from '../quotes/_components/quote-words';
import { Fact } from './fact';
import { PaymentReasons } from './payment-reasons';
import { PlanActions, StartAgain } from './plan-actions';
import { PlanFacts } from './plan-facts';
import { statusWords } from './status-words';
import { SubscriptionButton } from './subscription-button';
import { adverbs } from './change-words';

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
  invoices,
  base,
  mayPay,
}: {
  overview: BillingOverview;
  overage: readonly OverageDto[];
  /** The latest ones. */
  invoices: readonly InvoiceDto[];
  base: string;
  mayPay: boolean;
}) {
  const { subscription, ended, rights, plans } = overview;
  const running = subscription !== null && subscription.status !== 'incomplete';
  const last = running ? subscription : rights.source === 'none' ? ended : null;
  const { tone, word } = statusWords(overview);
  const cardless = overview.wants_card;
  const planName = rights.plan_name;
  const lastName = plans.find(({ id }) => id === ended?.plan_id)?.name;
  return (
    <Card aria-label="Your plan">
      <CardHeader
        title={planName}
        description={last ? billedWords[last.billing_cycle] : 'No subscription yet'}
        actions={<Status tone={tone}>{word}</Status>}
      />
      <CardBody>
        <dl className="grid gap-4 sm:grid-cols-3">
          <PlanFacts overview={overview} overage={overage} invoices={invoices} base={base} />
          {/* Whose card is on file after an end, the provider alone knows. */}
          {ended ? null : <PaidBy overview={overview} />}
        </dl>
      </CardBody>
      {overview.next_payment && !subscription?.dunning ? (
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
        {planName}, billed {adverbs[ended.billing_cycle]}, is charged{' '}
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
