'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { TextField } from '@/components/patterns/form/form-fields';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import { CopyField } from '@/components/ui/copy-field';
import { LinkButton } from '@/components/ui/link-button';
import { confirmSecondFactorAction, startSecondFactorAction } from '../actions';
import { RecoveryCodes } from './recovery-codes';

type Setup = { secret: string; qr_svg: string };

/** From nothing to a working authenticator app: the QR code, a code to confirm it, the recovery codes. */
export function SecondFactorSetUp() {
  const [setup, setSetup] = useState<Setup | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes) {
    return (
      <div className="flex flex-col gap-5">
        <RecoveryCodes title="The second factor is on" codes={codes} />
        <LinkButton href="/admin">Go to the console</LinkButton>
      </div>
    );
  }
  if (setup) return <Confirm setup={setup} onDone={setCodes} />;
  return (
    <ActionForm action={startSecondFactorAction} onDone={setSetup}>
      <p className="text-base text-muted">
        You scan a QR code with the app and give the first code that it shows. Nothing changes
        before that.
      </p>
      <SubmitButton>Show the QR code</SubmitButton>
    </ActionForm>
  );
}

function Confirm({ setup, onDone }: { setup: Setup; onDone: (codes: readonly string[]) => void }) {
  const image = `data:image/svg+xml,${encodeURIComponent(setup.qr_svg)}`;
  return (
    <div className="flex flex-col gap-5">
      {/* It brings its own white edge, in both themes: cameras read dark on light. */}
      <img
        src={image}
        alt="QR code for the authenticator app"
        className="size-48 self-center rounded-md border border-line"
      />
      <CopyField label="Key to type instead" value={setup.secret} />
      <ActionForm action={confirmSecondFactorAction} onDone={onDone}>
        <TextField
          name="code"
          label="Code from the app"
          autoComplete="one-time-code"
          inputMode="numeric"
          autoFocus
          required
        />
        <SubmitButton>Turn it on</SubmitButton>
      </ActionForm>
    </div>
  );
}
