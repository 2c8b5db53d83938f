'use client';

import { CheckboxField, NumberField, SelectField } from '@/components/patterns/form/form-fields';
import { Card, CardBody, CardHeader } from '@/components/ui/card';

/** Cash and what trading costs. */
export function CostFields({ currency }: { currency: string }) {
  return (
    <Card>
      <CardHeader
        title="Cash and costs"
        description="Costs decide whether a strategy is worth anything: leave them in."
      />
      <CardBody className="grid gap-5">
        <NumberField
          name="cash"
          label="Cash to start with"
          defaultValue="100000"
          suffix={currency}
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <NumberField
            name="commission.rate"
            label="Commission"
            hint="Of the value, on entry and on exit."
            defaultValue="0.05"
            suffix="%"
          />
          <NumberField
            name="commission.fixed"
            label="Commission, fixed"
            hint="On top, for each entry and exit."
            defaultValue="0"
            suffix={currency}
          />
          <NumberField
            name="slippage"
            label="Slippage"
            hint="How much worse orders fill than the price."
            defaultValue="0.01"
          />
          <SelectField
            name="slippage_kind"
            label="Slippage is"
            options={[
              { value: 'rate', label: 'Percent of the price' },
              { value: 'fixed', label: `An amount in ${currency}` },
            ]}
          />
        </div>
        <CheckboxField
          name="finalize_trades"
          label="Close what is still open on the last bar, so that it counts as a trade"
          defaultChecked
        />
      </CardBody>
    </Card>
  );
}
