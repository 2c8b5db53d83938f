import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { DateTime } from '@/components/ui/figures';
import { type AddOnDto, allowsCommand, type SubscriptionDto } from '@/lib/domains/billing';
import { addOnRows } from './add-on-rows';
import { AddOnsForm } from './add-ons-form';

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
  const rows = addOnRows(addOns, subscription);
  const open = mayChange && allowsCommand(status, 'set_add_ons') && !being_changed;
  const has = rows.some(({ now }) => now > 0);
  if (rows.length === 0 || (!open && !has)) return null;
  return (
    <Card aria-label="Add-ons">
      <CardHeader
        title="Add-ons"
        description={
          open ? (
            <>
              More of what your plan limits. What you add begins at once; what you take away stays
              until <DateTime value={current_period_end} style="date" /> and ends then.
            </>
          ) : (
            'More of what your plan limits, for as long as it runs.'
          )
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
