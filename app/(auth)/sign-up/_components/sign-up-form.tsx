'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { NewPasswordField } from '@/components/identity/password-fields';
import { TextField } from '@/components/patterns/form/form-fields';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import { Callout } from '@/components/ui/callout';
import { TextLink } from '@/components/ui/text-link';
import { type SignUpAnswer, signUpAction } from '../actions';
import { AddressField } from './address-field';

type Props = {
  /** Root domain with port, as the browser shows it. */
  rootHost: string;
  /** What was chosen on the pricing page. */
  wish: { plan: string; cycle: string; pay: string } | null;
};

export function SignUpForm({ rootHost, wish }: Props) {
  const [organisation, setOrganisation] = useState('');
  const [mailed, setMailed] = useState<string | null>(null);
  if (mailed) {
    return (
      <Callout tone="info" title="Look into your inbox">
        <p>We wrote to {mailed}. Open the link in that e-mail to finish; it works for 24 hours.</p>
      </Callout>
    );
  }
  const done = (answer: SignUpAnswer) => {
    if (answer.confirmBy) setMailed(answer.confirmBy);
  };
  return (
    <ActionForm action={signUpAction} onDone={done}>
      {wish
        ? Object.entries(wish).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))
        : null}
      <TextField
        name="organisation"
        label="Organisation"
        autoComplete="organization"
        maxLength={100}
        value={organisation}
        onChange={(event) => setOrganisation(event.target.value)}
        autoFocus
        required
      />
      <AddressField organisation={organisation} rootHost={rootHost} />
      <TextField
        name="email"
        label="Your e-mail"
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        required
      />
      <NewPasswordField label="Password" />
      <SubmitButton>Create organisation</SubmitButton>
      <p className="text-center text-muted text-sm">
        By creating it you accept the <TextLink href="/legal/terms">terms</TextLink> and the{' '}
        <TextLink href="/legal/privacy">privacy notice</TextLink>.
      </p>
    </ActionForm>
  );
}
