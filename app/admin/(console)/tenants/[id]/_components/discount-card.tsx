import { DiscountWords } from '@/components/billing/discount-words';
import { Card, CardBody, CardFooter, CardHeader } from '@/components/ui/card';
import { Callout } from '@/components/ui/callout';
import { allowsCommand, type SubscriptionDto } from '@/lib/domains/billing';
import type { AdminDiscount } from '@/lib/domains/operator';
import type { Money } from '@/lib/kernel/money';
import { DecideDiscount } from '../../../discounts/_components/decide-discount';
import { GiftWords } from '../../../discounts/_components/gift-words';
import { GiveDiscountDialog } from './give-discount-dialog';
import { TakeDiscountDialog } from './take-discount-dialog';

function Waiting({ discount, decider }: { discount: AdminDiscount; decider: string | null }) {
  return (
    <Callout tone="warning" title="Waits for a second operator" className="mt-4">
      <p className="mb-3">
        <GiftWords discount={discount} />, asked for by {discount.requested_by.email}:{' '}
        {discount.reason}
      </p>
      {decider ? <DecideDiscount discount={discount} decider={decider} /> : null}
    </Callout>
  );
}

/** What the tenant’s subscription has off, and the ways to change that. */
export function DiscountCard({
  tenantId,
  subscription,
  waiting,
  giver,
  secondFrom,
}: {
  tenantId: string;
  subscription: SubscriptionDto;
  /** One that waits for a second operator. */
  waiting: AdminDiscount | null;
  /** The operator who looks, if they may give. */
  giver: string | null;
  /** What is taken off within a year from which on a second operator is needed. */
  secondFrom: Money;
}) {
  const { discount, status, being_changed } = subscription;
  const open = giver !== null && allowsCommand(status, 'set_discount') && !being_changed;
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
        {waiting ? <Waiting discount={waiting} decider={giver} /> : null}
      </CardBody>
      {open && (discount || !waiting) ? (
        <CardFooter>
          <span />
          <span className="flex flex-wrap gap-2">
            {discount ? <TakeDiscountDialog id={tenantId} /> : null}
            {waiting ? null : (
              <GiveDiscountDialog
                id={tenantId}
                replaces={discount !== null}
                secondFrom={secondFrom}
              />
            )}
          </span>
        </CardFooter>
      ) : null}
    </Card>
  );
}
