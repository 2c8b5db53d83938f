'use client';

import { ActionForm } from '@/components/patterns/form/action-form';
import { SelectField } from '@/components/patterns/form/form-fields';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import { simulationMonths } from '@/lib/domains/billing/simulation/schemas';
import { repriceAction } from '../../actions';

export function RepriceForm({
  planId,
  hasDraft,
  onSale,
}: {
  planId: string;
  hasDraft: boolean;
  /** The version on sale, where others were sold before. */
  onSale: number | null;
}) {
  return (
    <ActionForm action={repriceAction}>
      <input type="hidden" name="id" value={planId} />
      <div className="flex flex-wrap items-end gap-3">
        <SelectField
          name="version"
          label="Priced by"
          options={[
            ...(hasDraft ? [{ value: '', label: 'The draft' }] : []),
            ...(onSale === null
              ? []
              : [{ value: String(onSale), label: `Version ${onSale}, on sale` }]),
          ]}
        />
        <SelectField
          name="months"
          label="Over the last"
          defaultValue="6"
          options={simulationMonths.map((months) => ({
            value: String(months),
            label: `${months} months`,
          }))}
        />
        <SubmitButton variant="secondary">Reprice everyone</SubmitButton>
      </div>
    </ActionForm>
  );
}
