import { Money } from '@/components/ui/figures';
import type { InvoiceExplanation } from '@/lib/domains/billing';

/** What the lines come to, figures under figures. */
export function InvoiceSums({ sums }: { sums: InvoiceExplanation['sums'] }) {
  return (
    <dl className="ml-auto grid w-full max-w-80 gap-1.5">
      {sums.map(({ label, amount, strong, rule }) => (
        <div
          key={label}
          title={rule?.text}
          className={
            strong
              ? 'flex justify-between gap-6 border-t border-line pt-1.5 font-medium text-strong'
              : 'flex justify-between gap-6 text-default'
          }
        >
          <dt>{label}</dt>
          <dd>
            <Money value={amount} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
