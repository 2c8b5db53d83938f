'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { SelectField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent } from '@/components/ui/dialog';
import type { ApiKeyDto } from '@/lib/domains/gateway/schemas';
import { rotateKeyAction } from '../actions';
import { NewSecret } from './new-secret';

const overlaps = [
  { value: '86400', label: 'For another day' },
  { value: '3600', label: 'For another hour' },
  { value: '604800', label: 'For another week' },
  { value: '0', label: 'No longer: it may have leaked' },
];

type Props = { apiKey: ApiKeyDto; open: boolean; onOpenChange: (open: boolean) => void };

/** Replaces a key, with time for the program to change over. */
export function RotateKeyDialog({ apiKey, open, onOpenChange }: Props) {
  const router = useRouter();
  const [secret, setSecret] = useState<string | null>(null);
  const [copied, setCopied] = useState(false);
  const change = (next: boolean) => {
    onOpenChange(next);
    if (!next && secret !== null) router.refresh();
    setSecret(null);
    setCopied(false);
  };
  return (
    <Dialog open={open} onOpenChange={change}>
      {secret === null ? (
        <DialogContent
          title={`Rotate ${apiKey.name}`}
          description="A new key with the same name and scopes takes its place."
        >
          <ActionForm action={rotateKeyAction} onDone={(key) => setSecret(key.secret)}>
            <input type="hidden" name="id" value={apiKey.id} />
            <SelectField
              name="overlap_seconds"
              label="The old key works"
              defaultValue="86400"
              options={overlaps}
            />
            <FormActions>
              <SubmitButton>Rotate key</SubmitButton>
            </FormActions>
          </ActionForm>
        </DialogContent>
      ) : (
        <DialogContent
          title="The new key"
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
