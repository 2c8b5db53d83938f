import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { DateTime } from '@/components/ui/figures';
import type { AddOnDto, SubscriptionDto } from '@/lib/domains/billing';
import { AddOnsForm } from './add-ons-form';

/** What of an add-on there is, until the period ends and after it. */
export interface AddOnRow {
  addOn: AddOnDto;
  now: number;
  later: number;
}

function rowsOf(addOns: readonly AddOnDto[], subscription: SubscriptionDto): AddOnRow[] {
  const { add_ons: running, waiting_change: next, plan_id } = subscription;
  const count = (of: SubscriptionDto['add_ons'], key: string) =>
    of.find((each) => each.key === key)?.quantity ?? 0;
  return addOns
    .map((addOn) => {
      const now = count(running, addOn.key);
      return { addOn, now, later: next ? count(next.add_ons, addOn.key) : now };
    })
    .filter(({ addOn, now }) => now > 0 || addOn.plans.includes(plan_id));
}

/** More of what the plan limits, by the unit. */
export function AddOnsCard({
  addOns,
  subscription,
  mayChange,
}: {
  addOns: readonly AddOnDto[];
  subscription: SubscriptionDto;
  /** Whether this person may, and whoever collects can. */
  mayChange: boolean;
}) {
  const { status, being_changed, current_period_end } = subscription;
  const rows = rowsOf(addOns, subscription);
  const open = mayChange && status === 'active' && !being_changed;
  const has = rows.some(({ now }) => now > 0);
  if (rows.length === 0 || (!open && !has)) return null;
  return (
    <Card aria-label="Add-ons">
      <CardHeader
        title="Add-ons"
        description={
          <>
            More of what your plan limits. What you add begins at once; what you take away goes on{' '}
            <DateTime value={current_period_end} style="date" />.
          </>
        }
      />
      <CardBody>
        <AddOnsForm
          key={JSON.stringify(rows.map(({ now, later }) => [now, later]))}
          rows={rows}
          subscription={subscription}
          open={open}
        />
      </CardBody>
    </Card>
  );
}
