import { DateTime, Money } from '@/components/ui/figures';
import type { ChangePreview } from '@/lib/domains/billing/schemas';

/** What a change is charged now, line by line, and with the next invoice. `now`: how what is due now is collected. */
export function ChangeCosts({
  preview,
  now = 'Charged now',
}: {
  preview: ChangePreview;
  now?: string;
}) {
  const { lines, due_now, next_invoice } = preview;
  const off = lines.reduce((sum, { discount }) => sum + discount.amount, 0);
  return (
    <dl className="figures grid gap-2 text-base">
      {lines.map((line) => (
        <div
          key={`${line.description} ${line.amount.amount}`}
          className="flex justify-between gap-4"
        >
          <dt className="min-w-0 text-muted">{line.description}</dt>
          <dd>
            <Money value={line.amount} signed />
          </dd>
        </div>
      ))}
      {off > 0 ? (
        <div className="flex justify-between gap-4">
          <dt className="text-muted">Discount</dt>
          <dd>
            <Money value={{ amount: 0 - off, currency: due_now.currency }} signed />
          </dd>
        </div>
      ) : null}
      <div className="flex justify-between gap-4 border-t border-line pt-2 font-medium text-strong">
        <dt>{now}</dt>
        <dd>
          <Money value={due_now} />
        </dd>
      </div>
      {next_invoice ? (
        <div className="flex justify-between gap-4 text-muted">
          <dt>
            Next invoice, on <DateTime value={next_invoice.at} style="date" />
          </dt>
          <dd>
            <Money value={next_invoice.total} />
          </dd>
        </div>
      ) : null}
    </dl>
  );
}
