import { DiscountWords } from '@/components/billing/discount-words';
import { Card, CardBody, CardFooter, CardHeader } from '@/components/ui/card';
import { allowsCommand, type SubscriptionDto } from '@/lib/domains/billing';
import { GiveDiscountDialog } from './give-discount-dialog';
import { TakeDiscountDialog } from './take-discount-dialog';

/** What the tenant’s subscription has off, and the ways to change that. */
export function DiscountCard({
  tenantId,
  subscription,
  mayGive,
}: {
  tenantId: string;
  subscription: SubscriptionDto;
  mayGive: boolean;
}) {
  const { discount, status, being_changed } = subscription;
  const open = mayGive && allowsCommand(status, 'set_discount') && !being_changed;
  return (
    <Card aria-label="Discount">
      <CardHeader
        title="Discount"
        description="A subscription has one at a time; its next invoice is the first that counts it."
      />
      <CardBody>
        <p className="text-base text-strong">
          {discount ? <DiscountWords discount={discount} /> : 'None'}
          {discount ? (
            <span className="text-muted">
              {' '}
              · {discount.code ? `code ${discount.code}` : 'given by us'}
            </span>
          ) : null}
        </p>
      </CardBody>
      {open ? (
        <CardFooter>
          <span />
          <span className="flex flex-wrap gap-2">
            {discount ? <TakeDiscountDialog id={tenantId} /> : null}
            <GiveDiscountDialog id={tenantId} replaces={discount !== null} />
          </span>
        </CardFooter>
      ) : null}
    </Card>
  );
}
