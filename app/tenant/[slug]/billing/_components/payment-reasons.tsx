import { Money } from '@/components/ui/figures';
import type { BillingOverview, OverageDto } from '@/lib/domains/billing';

type Payment = NonNullable<BillingOverview['next_payment']>;

function Row({ label, amount }: { label: string; amount: Payment['total'] }) {
  return (
    <div className="flex justify-between gap-6">
      <dt className="min-w-0">{label}</dt>
      <dd className="shrink-0">
        <Money value={amount} />
      </dd>
    </div>
  );
}

/** Why the next payment is what it is: its parts, and what use adds to them. */
export function PaymentReasons({
  payment: { parts, total },
  overage,
}: {
  payment: Payment;
  overage: readonly OverageDto[];
}) {
  const running = overage.filter(({ active, charge }) => active && charge.amount > 0);
  return (
    <section
      aria-label="What the next payment is for"
      className="border-t border-line px-5 py-4 text-base"
    >
      <p className="mb-2 text-sm text-muted">What the next payment is for</p>
      <dl className="grid max-w-form gap-1.5">
        {parts.map(({ label, amount }) => (
          <Row key={`${label} ${amount.amount}`} label={label} amount={amount} />
        ))}
        {parts.length > 1 ? (
          <div className="border-t border-line pt-1.5 font-medium text-strong">
            <Row label="Charged" amount={total} />
          </div>
        ) : null}
      </dl>
      {running.map(({ meter, charge }) => (
        <p key={meter} className="mt-2 text-sm text-muted">
          API calls beyond the limit come on top when the month is over: <Money value={charge} /> so
          far.
        </p>
      ))}
    </section>
  );
}
