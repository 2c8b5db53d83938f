'use client';

import { useState } from 'react';
import { ActionForm, type ActionFormProps } from '@/components/patterns/form/action-form';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { DateTime } from '@/components/ui/figures';
import { AnyCodeField } from '../../../_components/any-code-field';
import { RecoveryCodes } from '../../../_components/recovery-codes';
import { renewRecoveryCodesAction, turnOffSecondFactorAction } from '../actions';

type FormProps<T> = {
  action: ActionFormProps<T>['action'];
  verb: string;
  keep: string;
  danger?: boolean;
  onDone: (data: T) => void;
};

/** Asks for a code, which shows that it is the operator who wants it. */
function CodeForm<T>({ action, verb, keep, danger = false, onDone }: FormProps<T>) {
  return (
    <ActionForm action={action} onDone={onDone}>
      <AnyCodeField />
      <FormActions>
        <DialogClose asChild>
          <Button variant="secondary">{keep}</Button>
        </DialogClose>
        <SubmitButton variant={danger ? 'danger' : 'primary'}>{verb}</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

function TurnOff() {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="secondary">Turn it off</Button>
      </DialogTrigger>
      <DialogContent
        title="Turn the second factor off?"
        description="Your password alone then signs you in. App and recovery codes are good no more, and your other sessions end."
      >
        <CodeForm
          action={turnOffSecondFactorAction}
          verb="Turn it off"
          keep="Keep it on"
          danger
          onDone={() => setOpen(false)}
        />
      </DialogContent>
    </Dialog>
  );
}

function NewCodes() {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  return (
    <Dialog onOpenChange={() => setCodes(null)}>
      <DialogTrigger asChild>
        <Button variant="secondary">Make new recovery codes</Button>
      </DialogTrigger>
      <DialogContent
        title={codes ? 'Your new recovery codes' : 'Make new recovery codes?'}
        description={codes ? undefined : 'Those you have now are good no more.'}
        persistent
      >
        {codes ? (
          <div className="flex flex-col gap-5">
            <RecoveryCodes title="These take the place of those before" codes={codes} />
            <FormActions>
              <DialogClose asChild>
                <Button>I have kept them</Button>
              </DialogClose>
            </FormActions>
          </div>
        ) : (
          <CodeForm
            action={renewRecoveryCodesAction}
            verb="Make new codes"
            keep="Keep the old ones"
            onDone={setCodes}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}

type Props = { confirmedAt: string; codesLeft: number; needed: boolean };

/** A second factor that is on: since when, what is left of the recovery codes, and what can be done about it. */
export function FactorFacts({ confirmedAt, codesLeft, needed }: Props) {
  return (
    <div className="flex flex-col gap-5">
      <p className="text-base text-muted">
        Set up <DateTime value={confirmedAt} style="date" />; {codesLeft} recovery{' '}
        {codesLeft === 1 ? 'code' : 'codes'} left.
        {needed
          ? ' It is asked of you, so it can’t be turned off. If you lose it, another administrator can have it forgotten.'
          : null}
      </p>
      <div className="flex flex-wrap gap-2">
        <NewCodes />
        {needed ? null : <TurnOff />}
      </div>
    </div>
  );
}
