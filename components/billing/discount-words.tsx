import { DateTime, Money, Percent } from '@/components/ui/figures';
import type { DiscountDto } from '@/lib/domains/billing/discount/schemas';

function Until({ discount }: { discount: DiscountDto }) {
  const { duration, months, ends_at } = discount;
  if (duration === 'once') return <>the next invoice</>;
  if (duration === 'forever') return <>every invoice</>;
  if (ends_at) {
    return (
      <>
        until <DateTime value={ends_at} style="date" />
      </>
    );
  }
  return <>for {months === 1 ? 'a month' : `${months} months`}</>;
}

const decimals = (value: number | null) => String(value).split('.')[1]?.length ?? 0;

/** “20% off until 3 March 2027”. */
export function DiscountWords({ discount }: { discount: DiscountDto }) {
  const { percent_off, amount_off } = discount;
  return (
    <>
      {amount_off ? (
        <Money value={amount_off} whole />
      ) : (
        <Percent value={percent_off} digits={decimals(percent_off)} />
      )}{' '}
      off <Until discount={discount} />
    </>
  );
}
