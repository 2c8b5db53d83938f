import { DiscountWords } from '@/components/billing/discount-words';
import { Badge } from '@/components/ui/badge';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { allowsCommand, type SubscriptionDto } from '@/lib/domains/billing';
import { DiscountCode } from './discount-code';
import { RemoveDiscountDialog } from './remove-discount-dialog';

/** The discount that runs, and the field for a code. */
export function DiscountCard({
  subscription,
  mayPay,
}: {
  subscription: SubscriptionDto;
  mayPay: boolean;
}) {
  const { id, status, discount, being_changed } = subscription;
  const open = mayPay && allowsCommand(status, 'set_discount') && !being_changed;
  if (!discount && !open) return null;
  return (
    <Card aria-label="Discount">
      <CardHeader
        title="Discount"
        description={
          discount
            ? 'Counted by every invoice for as long as it runs. A subscription has one at a time.'
            : 'Enter a promotion code, and see what it takes off before you apply it.'
        }
        actions={discount?.code ? <Badge tone="positive">{discount.code}</Badge> : null}
      />
      <CardBody className="grid gap-5">
        {discount ? (
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="text-base font-medium text-strong">
              <DiscountWords discount={discount} />
              {discount.name ? <span className="text-muted"> · {discount.name}</span> : null}
            </p>
            {open ? <RemoveDiscountDialog subscriptionId={id} /> : null}
          </div>
        ) : null}
        {open ? <DiscountCode subscriptionId={id} replaces={discount !== null} /> : null}
      </CardBody>
    </Card>
  );
}
