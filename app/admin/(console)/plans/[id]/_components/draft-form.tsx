'use client';

import { ActionForm } from '@/components/patterns/form/action-form';
import { NumberField, TextField } from '@/components/patterns/form/form-fields';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { billingCycles } from '@/lib/domains/entitlements/schemas';
import type { AdminPlan, PlanContent } from '@/lib/domains/operator/plans/schemas';
import { FeatureFields, LimitFields } from '../../../_components/plan-fields';
import { partName } from '../../_components/plan-words';
import { saveDraftAction } from '../../actions';

type Props = { plan: AdminPlan; content: PlanContent; mayEdit: boolean };

const amountText = (cents: number | null) => (cents === null ? '' : (cents / 100).toFixed(2));
const grid = 'grid gap-4 sm:grid-cols-2 lg:grid-cols-3';

/** The next version of a plan, as it is being written. */
export function DraftForm({ plan, content, mayEdit }: Props) {
  const revision = plan.draft_revision;
  return (
    <Card>
      <CardHeader
        title={plan.draft ? 'Draft of the next version' : 'Write the next version'}
        description="Amounts in the plan’s currency. A price left empty isn’t sold; a limit left empty is unlimited."
      />
      <CardBody>
        <ActionForm action={saveDraftAction} key={revision}>
          <input type="hidden" name="id" value={plan.id} />
          <input type="hidden" name="revision" value={revision} />
          <fieldset disabled={!mayEdit} className="flex flex-col gap-6">
            <div className={grid}>
              <TextField name="name" label="Name" defaultValue={content.name} required />
              <NumberField
                name="trial_days"
                label="Trial days"
                defaultValue={String(content.trial_days)}
                required
              />
            </div>
            <div className={grid}>
              {billingCycles.map((cycle) => (
                <NumberField
                  key={cycle}
                  name={`prices.${cycle}`}
                  label={partName(`prices.${cycle}`)}
                  defaultValue={amountText(content.prices[cycle])}
                />
              ))}
              <NumberField
                name="overage.api_calls"
                label={partName('overage.api_calls')}
                hint="Empty: not offered."
                defaultValue={amountText(content.overage.api_calls)}
              />
            </div>
            <LimitFields limits={content.limits} />
            <FeatureFields chosen={content.features} />
            {mayEdit ? (
              <div>
                <SubmitButton variant={plan.draft ? 'secondary' : 'primary'}>
                  Save draft
                </SubmitButton>
              </div>
            ) : null}
          </fieldset>
        </ActionForm>
      </CardBody>
    </Card>
  );
}
