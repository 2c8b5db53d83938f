'use client';

import { type ReactNode, useState } from 'react';
import { ActionForm, type ActionFormProps } from '@/components/patterns/form/action-form';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import type { AdminPlan } from '@/lib/domains/operator/plans/schemas';
import { archivePlanAction, discardDraftAction, publishDraftAction } from '../../actions';

type ConfirmProps = {
  title: string;
  verb: string;
  keep: string;
  danger?: boolean;
  disabled?: boolean;
  action: ActionFormProps<null>['action'];
  fields: Record<string, string | number>;
  children: ReactNode;
};

/** Asks once more, then sends the fields. */
export function ConfirmedAction(props: ConfirmProps) {
  const [open, setOpen] = useState(false);
  const variant = props.danger ? 'danger' : 'primary';
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant={props.danger ? 'secondary' : 'primary'} disabled={props.disabled ?? false}>
          {props.verb}
        </Button>
      </DialogTrigger>
      <DialogContent title={props.title}>
        <ActionForm action={props.action} onDone={() => setOpen(false)}>
          <div className="text-base">{props.children}</div>
          {Object.entries(props.fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <FormActions>
            <DialogClose asChild>
              <Button variant="secondary">{props.keep}</Button>
            </DialogClose>
            <SubmitButton variant={variant}>{props.verb}</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

type Draft = NonNullable<AdminPlan['draft']>;

export function PublishDialog({ plan, draft }: { plan: AdminPlan; draft: Draft }) {
  const { faults, changes } = draft.review;
  const version = (plan.versions[0]?.version ?? 0) + 1;
  return (
    <ConfirmedAction
      title={`Put ${draft.content.name}, version ${version}, on sale?`}
      verb="Publish draft"
      keep="Keep it a draft"
      disabled={faults.length > 0 || (changes.length === 0 && plan.on_sale !== null)}
      action={publishDraftAction}
      fields={{ id: plan.id, revision: draft.revision }}
    >
      From now on it is what is sold, here and at every payment provider. Who has an older version
      keeps it. A published version can’t be changed; a mistake is put right by the next one.
    </ConfirmedAction>
  );
}

export function DiscardDialog({ plan, draft }: { plan: AdminPlan; draft: Draft }) {
  return (
    <ConfirmedAction
      title={`Discard the draft of ${plan.name}?`}
      verb="Discard draft"
      keep="Keep draft"
      danger
      action={discardDraftAction}
      fields={{ id: plan.id, revision: draft.revision }}
    >
      What was written is gone. Nothing that is sold changes.
    </ConfirmedAction>
  );
}

export function ArchiveDialog({ plan, version }: { plan: AdminPlan; version: number }) {
  return (
    <ConfirmedAction
      title={`Take ${plan.name} off sale?`}
      verb="Archive plan"
      keep="Keep it on sale"
      danger
      action={archivePlanAction}
      fields={{ id: plan.id, version }}
    >
      Nobody can buy it or change to it any more. Who has it, or changes to it at the period’s end,
      keeps that. Publishing a new version sells it again.
    </ConfirmedAction>
  );
}
