import { cycleWords } from '@/components/marketing/plan-words';
import { StatRow, StatTile } from '@/components/patterns/stat-tile';
import { Money, Quantity } from '@/components/ui/figures';
import type { PlanMovePreview } from '@/lib/domains/operator/moves/schemas';
import { leftOutWords } from '../../_components/move-words';

/** Whom a move would be about, what they would pay, and who would be left out. */
export function MovePreview({ preview }: { preview: PlanMovePreview }) {
  const { currency, groups, left_out: leftOut, subscriptions, sandboxes, moment } = preview;
  const money = (amount: number) => ({ amount, currency });
  const left = leftOut.reduce((sum, one) => sum + one.subscriptions, 0);
  return (
    <div className="flex flex-col gap-4">
      <StatRow>
        <StatTile
          name="Would be moved"
          value={<Quantity value={subscriptions} />}
          note={sandboxes > 0 ? `${sandboxes} of them sandboxes, in no sum` : null}
        />
        <StatTile name="Would be left out" value={<Quantity value={left} />} />
        <StatTile
          name="List price a month"
          definition="What they pay for the plan by list price, a month, before tax and discounts."
          value={<Money value={money(preview.monthly_after)} />}
          note={<Money value={money(preview.monthly_after - preview.monthly_before)} signed />}
          // Where two stand in a row a sum of a plan's price has the next to itself, so that none is cut.
          className="max-lg:col-span-2"
        />
      </StatRow>
      <ul className="flex flex-col gap-1 text-base">
        {groups.map((group) => (
          <li key={`${group.version} ${group.billing_cycle}`}>
            <Quantity value={group.subscriptions} /> of version {group.version}:{' '}
            {group.price_before === null ? 'no price' : <Money value={money(group.price_before)} />}{' '}
            → {group.price_after === null ? 'no price' : <Money value={money(group.price_after)} />}{' '}
            {cycleWords[group.billing_cycle]}
          </li>
        ))}
        {leftOut.map(({ reason, subscriptions: count }) => (
          <li key={reason} className="text-muted">
            <Quantity value={count} /> left out: {leftOutWords[reason]}.
          </li>
        ))}
      </ul>
      {subscriptions > 0 ? (
        <p className="max-w-prose text-muted">
          {moment === 'now'
            ? 'Each is charged the difference for the rest of its period at once; a card that is refused leaves it as it is.'
            : 'Each is told by mail at once. Nothing is charged before the renewal, and what hasn’t happened can be taken back.'}
        </p>
      ) : (
        <p className="text-muted">Nobody would be moved.</p>
      )}
    </div>
  );
}
