'use client';

import { ActionForm } from '@/components/patterns/form/action-form';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import type { InstrumentDto } from '@/lib/domains/trading/market-data/schemas';
import { updateInstrumentAction } from '../actions';
import { InstrumentFields } from './instrument-fields';

export function EditInstrument({ instrument }: { instrument: InstrumentDto }) {
  return (
    <ActionForm action={updateInstrumentAction} success="Saved">
      <input type="hidden" name="symbol" value={instrument.symbol} />
      <InstrumentFields instrument={instrument} />
      <FormActions>
        <SubmitButton>Save changes</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
