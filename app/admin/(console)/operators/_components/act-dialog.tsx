'use client';

import { ActionForm } from '@/components/patterns/form/action-form';
import { SelectField, TextareaField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent } from '@/components/ui/dialog';
import type { AdminOperator } from '@/lib/domains/operator/operators/schemas';
import { actWords, type OperatorAct } from './operator-acts';
import { ROLE_HINT, roleOptions } from './operator-words';

type Props = { operator: AdminOperator; act: OperatorAct; onClose: () => void };

/** Says what follows and asks why; the reason stays in the platform's log. */
export function ActDialog({ operator, act, onClose }: Props) {
  const { verb, title, then, keep, danger, action, fields = {} } = actWords[act];
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent title={title(operator.name || operator.email)} description={then}>
        <ActionForm action={action} onDone={onClose}>
          <input type="hidden" name="id" value={operator.id} />
          {Object.entries(fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {act === 'role' ? (
            <SelectField
              name="role"
              label="Role"
              hint={ROLE_HINT}
              options={roleOptions}
              defaultValue={operator.role}
            />
          ) : null}
          <TextareaField
            name="reason"
            label="Reason"
            hint="Stays in our audit log."
            rows={3}
            autoFocus
            required
          />
          <FormActions>
            <DialogClose asChild>
              <Button variant="secondary">{keep}</Button>
            </DialogClose>
            <SubmitButton variant={danger ? 'danger' : 'primary'}>{verb}</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
