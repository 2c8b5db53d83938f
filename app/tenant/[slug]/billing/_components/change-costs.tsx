import type { ReactNode } from 'react';
import { DateTime, Money } from '@/components/ui/figures';
import type { ChangePreview } from '@/lib/domains/billing/schemas';

function Row({
  label,
  className,
  children,
}: Record<'label' | 'children', ReactNode> & { className?: string }) {
  return (
    <div className={`flex justify-between gap-4 ${className ?? ''}`}>
      <dt className="min-w-0 text-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What stands between the lines and what is collected: together with them it adds up. */
function adjustments({ lines, due_now }: ChangePreview): { label: string; amount: number }[] {
  const sum = (of: 'amount' | 'discount' | 'tax') =>
    lines.reduce((all, line) => all + line[of].amount, 0);
  const credit = due_now.amount - (sum('amount') - sum('discount') + sum('tax'));
  return [
    { label: 'Discount', amount: 0 - sum('discount') },
    { label: 'Tax', amount: sum('tax') },
    {
      label: credit > 0 ? 'Kept as credit for later invoices' : 'Paid from your credit',
      amount: credit,
    },
  ].filter(({ amount }) => amount !== 0);
}

/** What a change is charged now, line by line, and with the next invoice. `now`: how what is due now is collected. */
export function ChangeCosts({
  preview,
  now = 'Charged now',
}: {
  preview: ChangePreview;
  now?: string;
}) {
  const { lines, due_now, next_invoice } = preview;
  return (
    <dl className="figures grid gap-2 text-base">
      {lines.map((line) => (
        <Row key={`${line.description} ${line.amount.amount}`} label={line.description}>
          <Money value={line.amount} signed />
        </Row>
      ))}
      {adjustments(preview).map(({ label, amount }) => (
        <Row key={label} label={label}>
          <Money value={{ amount, currency: due_now.currency }} signed />
        </Row>
      ))}
      <div className="flex justify-between gap-4 border-t border-line pt-2 font-medium text-strong">
        <dt>{now}</dt>
        <dd>
          <Money value={due_now} />
        </dd>
      </div>
      {next_invoice ? (
        <Row
          className="text-muted"
          label={
            <>
              Next invoice, on <DateTime value={next_invoice.at} style="date" />
            </>
          }
        >
          <Money value={next_invoice.total} />
        </Row>
      ) : null}
    </dl>
  );
}
