import { ChevronRight } from 'lucide-react';
import { DateTime, Money, Quantity } from '@/components/ui/figures';
import type { InvoiceExplanation } from '@/lib/domains/billing';
import { LineReasons } from './line-reasons';

type Explained = InvoiceExplanation['lines'][number];

/** Description left, figures right; on a phone the quantity goes under the description. */
const columns = 'grid grid-cols-[1fr_auto] gap-x-4 md:grid-cols-[1fr_7rem_8rem]';

function Line({ explained }: { explained: Explained }) {
  const { line } = explained;
  return (
    <details className="group border-t border-line">
      <summary className="flex cursor-pointer list-none items-start gap-2 px-5 py-3 hover:bg-raised [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="mt-0.5 size-4 shrink-0 text-muted transition-transform group-open:rotate-90"
        />
        <span className={`${columns} min-w-0 flex-1`}>
          <span className="min-w-0">
            <span className="block break-words text-base text-strong">{line.description}</span>
            <span className="block text-sm text-muted">
              <DateTime value={line.period.start} style="date" /> –{' '}
              <DateTime value={line.period.end} style="date" />
              {line.discount.amount === 0 ? null : (
                <>
                  {' · discount '}
                  <Money value={line.discount} />
                </>
              )}
            </span>
          </span>
          <span className="hidden text-right text-base text-default md:block">
            <Quantity value={line.quantity} />
          </span>
          <Money value={line.amount} className="text-right text-base text-strong" />
        </span>
      </summary>
      <div className="px-5 pb-5 pl-11">
        <LineReasons explained={explained} />
      </div>
    </details>
  );
}

/** The lines, each with the reasons for it behind a click. */
export function InvoiceLines({ lines }: { lines: readonly Explained[] }) {
  return (
    <div>
      <div
        className={`${columns} px-5 pb-2 pl-11 text-sm font-medium text-muted`}
        aria-hidden="true"
      >
        <span>Description</span>
        <span className="hidden text-right md:block">Quantity</span>
        <span className="text-right">Amount</span>
      </div>
      {lines.map((explained, index) => (
        // Lines have no names of their own, and never change places.
        <Line key={index} explained={explained} />
      ))}
    </div>
  );
}
