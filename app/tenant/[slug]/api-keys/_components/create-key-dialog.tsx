'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { NumberField, SelectField, TextField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import type { KeyOptions } from '@/lib/domains/gateway/schemas';
import { createKeyAction } from '../actions';
import { NewSecret } from './new-secret';
import { ScopePicker } from './scope-picker';

const expiries = [
  { value: 'never', label: 'Never' },
  { value: '7', label: 'In 7 days' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
];

const rateHint = (plan: number | null) =>
  plan === null
    ? 'Left empty, the key may call as fast as it likes.'
    : `Left empty, the key may use all ${plan} that your plan allows.`;

/** Makes a key, then shows its secret, this once. */
export function CreateKeyDialog({ options }: { options: KeyOptions }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [copied, setCopied] = useState(false);
  const change = (next: boolean) => {
    setOpen(next);
    if (next) {
      setSecret(null);
      setCopied(false);
    } else if (secret !== null) router.refresh();
  };
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button icon={<Plus />}>Create API key</Button>
      </DialogTrigger>
      {secret === null ? (
        <DialogContent title="Create an API key" size="md" persistent>
          <ActionForm action={createKeyAction} onDone={(key) => setSecret(key.secret)}>
            <TextField
              name="name"
              label="Name"
              hint="The program that will use it."
              placeholder="Nightly import"
              autoComplete="off"
              autoFocus
              required
            />
            <SelectField
              name="expires_in_days"
              label="Expires"
              defaultValue="never"
              options={expiries}
            />
            <NumberField
              name="requests_per_second"
              label="Requests a second"
              hint={rateHint(options.requestsPerSecond)}
              inputMode="numeric"
              optional
            />
            <ScopePicker grantable={options.scopes} />
            <FormActions sticky>
              <SubmitButton>Create API key</SubmitButton>
            </FormActions>
          </ActionForm>
        </DialogContent>
      ) : (
        <DialogContent
          title="Your new API key"
          size="md"
          persistent
          footer={
            <DialogClose asChild>
              <Button variant={copied ? 'primary' : 'secondary'}>
                {copied ? 'Done' : 'Close without copying'}
              </Button>
            </DialogClose>
          }
        >
          <NewSecret secret={secret} onCopied={() => setCopied(true)} />
        </DialogContent>
      )}
    </Dialog>
  );
}
