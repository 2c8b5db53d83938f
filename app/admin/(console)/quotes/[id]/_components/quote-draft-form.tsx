'use client';

import { ActionForm } from '@/components/patterns/form/action-form';
import {
  NumberField,
  SelectField,
  TextareaField,
  TextField,
} from '@/components/patterns/form/form-fields';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { quoteCurrencies } from '@/lib/domains/billing/quotes/schemas';
import type { AdminQuote } from '@/lib/domains/operator/quotes/schemas';
import { FeatureFields, LimitFields } from '../../../_components/plan-fields';
import { saveQuoteDraftAction } from '../../actions';

const cycles = [
  { value: 'annual', label: 'Annually' },
  { value: 'quarterly', label: 'Quarterly' },
  { value: 'monthly', label: 'Monthly' },
];
const currencies = quoteCurrencies.map((value) => ({ value, label: value.toUpperCase() }));
const grid = 'grid gap-4 sm:grid-cols-2 lg:grid-cols-3';
const amountText = (cents: number | null) => (cents === null ? '' : (cents / 100).toFixed(2));

function Price({ start }: { start: AdminQuote['start_from'] }) {
  return (
    <div className={grid}>
      <NumberField
        name="price"
        label="Price for each cycle, before tax"
        defaultValue={amountText(start.price)}
        required
      />
      <SelectField
        name="currency"
        label="Currency"
        options={currencies}
        defaultValue={start.currency}
      />
      <SelectField
        name="billing_cycle"
        label="Billed"
        options={cycles}
        defaultValue={start.billing_cycle}
      />
      <NumberField
        name="net_days"
        label="Days until an invoice is due"
        defaultValue={String(start.net_days)}
        required
      />
      <TextField
        name="valid_until"
        label="Open until the end of (UTC)"
        type="date"
        defaultValue={start.valid_until}
        required
      />
    </div>
  );
}

/** What the next revision is to say. */
export function QuoteDraftForm({ quote, mayWrite }: { quote: AdminQuote; mayWrite: boolean }) {
  const { start_from: start, draft, draft_revision, revision } = quote;
  return (
    <Card>
      <CardHeader
        title={revision > 0 ? `Revision ${revision + 1}` : 'The quote'}
        description="A limit left empty is unlimited. Nothing reaches the customer before you send it."
      />
      <CardBody>
        <ActionForm action={saveQuoteDraftAction} key={draft_revision}>
          <input type="hidden" name="id" value={quote.id} />
          <input type="hidden" name="draft_revision" value={draft_revision} />
          <fieldset disabled={!mayWrite} className="flex flex-col gap-6">
            <Price start={start} />
            <LimitFields limits={start.limits} />
            <div className={grid}>
              <NumberField
                name="overage.api_calls"
                label="A thousand API calls beyond the limit"
                hint="Empty: calls stop at the limit. With a price, add the feature too."
                defaultValue={amountText(start.overage.api_calls)}
              />
            </div>
            <FeatureFields chosen={start.features} />
            <TextareaField
              name="terms"
              label="Terms"
              hint="Stands on the quote’s page and paper as it is: service level, notice, what was agreed besides."
              rows={6}
              maxLength={8000}
              defaultValue={start.terms}
              optional
            />
            {mayWrite ? (
              <div>
                <SubmitButton variant={draft ? 'secondary' : 'primary'}>Save draft</SubmitButton>
              </div>
            ) : null}
          </fieldset>
        </ActionForm>
      </CardBody>
    </Card>
  );
}
