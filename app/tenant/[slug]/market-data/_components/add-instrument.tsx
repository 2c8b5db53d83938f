'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { ActionForm } from '@/components/patterns/form/action-form';
import { TextField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { useShellHref } from '@/components/patterns/shell/shell-context';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { createInstrumentAction } from '../actions';
import { InstrumentFields } from './instrument-fields';

/** Names a new instrument, then leads to where its bars are uploaded. */
export function AddInstrument() {
  const router = useRouter();
  const href = useShellHref();
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button icon={<Plus />}>Add instrument</Button>
      </DialogTrigger>
      <DialogContent title="Add instrument" description="Next you upload its bars.">
        <ActionForm
          action={createInstrumentAction}
          onDone={({ symbol }) => router.push(href(`/market-data/${encodeURIComponent(symbol)}`))}
        >
          <TextField
            name="symbol"
            label="Symbol"
            required
            autoFocus
            autoCapitalize="characters"
            placeholder="AAPL"
            maxLength={32}
          />
          <InstrumentFields />
          <FormActions>
            <DialogClose asChild>
              <Button variant="secondary">Cancel</Button>
            </DialogClose>
            <SubmitButton>Add instrument</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
