'use client';

import { Money } from '@/components/ui/figures';
import type { AdminDiscount } from '@/lib/domains/operator/discounts/schemas';
import { DecideRequest } from '../../_components/decide-request';
import { approveDiscountAction, refuseDiscountAction } from '../actions';
import { GiftWords } from './gift-words';

/** What can be done with a discount that waits. */
export function DecideDiscount({
  discount,
  decider,
}: {
  discount: AdminDiscount;
  decider: string;
}) {
  return (
    <DecideRequest
      what="discount"
      asked={discount}
      of={`“${discount.tenant.name}”`}
      decider={decider}
      approve={{
        action: approveDiscountAction,
        follows: (
          <>
            <span className="font-medium text-strong">
              <GiftWords discount={discount} />
            </span>
            , which came to <Money value={discount.value} /> within a year when it was asked for. It
            takes the place of a discount that runs, and counts from the next invoice on.
          </>
        ),
      }}
      refuse={{
        action: refuseDiscountAction,
        follows: 'Nothing is given, and another one can be asked for.',
      }}
    />
  );
}
