'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import type { AdminDrift } from '@/lib/domains/operator/drift/schemas';
import { healDriftAction } from '../actions';
import { Differences } from './differences';

/** Shows the difference once more, and asks which side is right. */
export function HealDialog({ row }: { row: AdminDrift }) {
  const [open, setOpen] = useState(false);
  const { name } = row.tenant;
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="secondary">{row.invoice ? 'Accept' : 'Heal'}</Button>
      </DialogTrigger>
      <DialogContent
        title={
          row.invoice
            ? `Accept the difference of invoice ${row.invoice.number ?? ''}?`
            : `Which side is right for “${name}”?`
        }
        description={
          row.invoice
            ? 'An invoice is final at both sides. Put a wrong one right with a credit note; accepted, this isn’t listed again unless it becomes another.'
            : 'Pushing ours may charge or pay back what the change costs now, as if the tenant had asked for it. Taking theirs charges nothing.'
        }
      >
        <div className="flex flex-col gap-5">
          <Differences row={row} />
          <div className="flex flex-wrap items-start justify-end gap-2">
            <DialogClose asChild>
              <Button variant="secondary">Leave it</Button>
            </DialogClose>
            <Cure
              id={row.id}
              cure="take_theirs"
              verb={row.invoice ? 'Accept difference' : 'Take theirs'}
              onDone={() => setOpen(false)}
            />
            {row.invoice ? null : (
              <Cure id={row.id} cure="push_ours" verb="Push ours" onDone={() => setOpen(false)} />
            )}
          </div>
        </div>
      </DialogContent>
    </Dialog>
  );
}

type CureProps = { id: string; cure: string; verb: string; onDone: () => void };

function Cure({ id, cure, verb, onDone }: CureProps) {
  return (
    <ActionForm action={healDriftAction} onDone={onDone}>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="cure" value={cure} />
      <SubmitButton variant={cure === 'push_ours' ? 'primary' : 'secondary'}>{verb}</SubmitButton>
    </ActionForm>
  );
}
