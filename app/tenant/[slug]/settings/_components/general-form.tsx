'use client';

import { ActionForm } from '@/components/patterns/form/action-form';
import { SelectField, TextField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { updateTenantAction } from '../actions';

const types = [
  { value: 'individual', label: 'Individual' },
  { value: 'small_business', label: 'Small business' },
  { value: 'enterprise', label: 'Enterprise' },
  { value: 'institutional', label: 'Institutional' },
];

type Props = { name: string; type: string; readOnly: boolean };

export function GeneralForm({ name, type, readOnly }: Props) {
  return (
    <ActionForm action={updateTenantAction} success="Saved">
      <TextField
        name="name"
        label="Name"
        defaultValue={name}
        maxLength={100}
        required
        disabled={readOnly}
      />
      <SelectField
        name="tenant_type"
        label="Kind"
        defaultValue={type}
        options={types}
        disabled={readOnly}
      />
      {readOnly ? (
        <p className="text-sm text-muted">Owners and admins can change this.</p>
      ) : (
        <FormActions>
          <SubmitButton>Save changes</SubmitButton>
        </FormActions>
      )}
    </ActionForm>
  );
}
