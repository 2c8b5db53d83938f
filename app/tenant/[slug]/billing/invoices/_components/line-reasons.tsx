import type { ReactNode } from 'react';
import { DateTime, Quantity } from '@/components/ui/figures';
import type { InvoiceExplanation } from '@/lib/domains/billing';

type Explained = InvoiceExplanation['lines'][number];
type Terms = { plan_id: string; billing_cycle: string } | null;

function Reason({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-0.5 md:grid-cols-[9rem_1fr] md:gap-4">
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="min-w-0 text-base text-default">{children}</dd>
    </div>
  );
}

/** A minus stays on the line of its figure. */
const withItsSign = (text: string) => text.replaceAll('−', '−\u2060').replaceAll('−\u2060 ', '− ');

function Sum({ explained: { arithmetic, rule } }: { explained: Explained }) {
  if (!arithmetic) {
    return rule ? (
      <>The payment provider worked it out and doesn’t say from what.</>
    ) : (
      <>It was written as an amount.</>
    );
  }
  return (
    <>
      <span className="figures break-words text-strong">{withItsSign(arithmetic.text)}</span>
      {arithmetic.agrees ? null : (
        <span className="block text-sm text-warning">
          This isn’t the amount of the line. Ask us: one of the two is wrong.
        </span>
      )}
    </>
  );
}

const termsWords = (terms: Terms) =>
  terms
    ? `${terms.plan_id.charAt(0).toUpperCase()}${terms.plan_id.slice(1)}, ${terms.billing_cycle}`
    : 'nothing';

function Change({ change }: { change: NonNullable<Explained['change']> }) {
  return (
    <>
      From {termsWords(change.from)} to {termsWords(change.to)}, asked for
      {change.by ? ` by ${change.by}` : ''} on <DateTime value={change.at} />
    </>
  );
}

function Days({ usage }: { usage: NonNullable<Explained['usage']> }) {
  const { days, total, billed_units, included_units } = usage;
  return (
    <div className="grid gap-2">
      <p>
        <Quantity value={billed_units} /> used, <Quantity value={included_units} /> included.
        {total === null || total === billed_units ? null : (
          <>
            {' '}
            Metered by now: <Quantity value={total} />; the difference comes as a correction.
          </>
        )}
      </p>
      {days ? (
        <ul className="grid max-w-reading grid-cols-2 gap-x-6 text-sm sm:grid-cols-3">
          {days
            .filter(({ value }) => value !== null && value !== 0)
            .map(({ start, value }) => (
              <li key={start} className="flex justify-between gap-3 border-b border-line py-1">
                <DateTime value={start} style="date" className="text-muted" />
                <Quantity value={value} />
              </li>
            ))}
        </ul>
      ) : null}
    </div>
  );
}

/** Why a line is there and how its amount came about. */
export function LineReasons({ explained }: { explained: Explained }) {
  const { rule, change, usage } = explained;
  return (
    <dl className="grid gap-3">
      <Reason label={rule ? `Rule ${rule.number}` : 'Rule'}>
        {rule ? (
          <>
            <span className="font-medium text-strong">{rule.title}.</span> {rule.text}
          </>
        ) : (
          <>None: it was added by hand at the payment provider.</>
        )}
      </Reason>
      <Reason label="Worked out">
        <Sum explained={explained} />
      </Reason>
      {change ? (
        <Reason label="Because of">
          <Change change={change} />
        </Reason>
      ) : null}
      {usage ? (
        <Reason label="Use">
          <Days usage={usage} />
        </Reason>
      ) : null}
    </dl>
  );
}
