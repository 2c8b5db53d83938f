import { Callout } from '@/components/ui/callout';
import { DateTime, Money } from '@/components/ui/figures';
import type { QuoteConsequence } from '@/lib/domains/billing';
import { ChangeCosts } from '../../_components/change-costs';

type Changes = Extract<QuoteConsequence, { kind: 'changes' }>;

function Change({ change, planName }: { change: Changes; planName: string }) {
  const { trial_ends_at, preview, ends_cancellation, due_days } = change;
  return (
    <div className="flex flex-col gap-4">
      <p>
        {trial_ends_at ? (
          <>
            Your {planName} subscription changes to this plan at once; its trial goes on until{' '}
            <DateTime value={trial_ends_at} style="date" />, and the first invoice comes then.
          </>
        ) : (
          <>
            Your {planName} subscription changes to this plan at once. What is unused of it is
            credited on the invoice.
          </>
        )}{' '}
        From then on invoices are mailed and due {due_days} days after their date; no card is
        charged.
        {ends_cancellation ? ' The cancellation that waits is taken back.' : null}
      </p>
      {preview ? (
        <ChangeCosts preview={preview} now="Invoiced now" />
      ) : (
        <p className="text-muted">The payment provider can’t say what it comes to just now.</p>
      )}
    </div>
  );
}

/** What accepting does, in plain words. */
export function Consequence({
  consequence,
  planNames,
}: {
  consequence: QuoteConsequence;
  planNames: Record<string, string>;
}) {
  switch (consequence.kind) {
    case 'blocked':
      return (
        <Callout tone="warning" title="It can’t be accepted just now">
          {consequence.detail}
        </Callout>
      );
    case 'starts':
      return (
        <p>
          The plan begins at once. The first invoice, of <Money value={consequence.first_invoice} />{' '}
          before tax, is mailed and due {consequence.due_days} days after its date; no card is
          charged.
        </p>
      );
    case 'changes':
      return (
        <Change
          change={consequence}
          planName={planNames[consequence.from_plan_id] ?? consequence.from_plan_id}
        />
      );
  }
}
