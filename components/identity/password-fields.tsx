'use client';

import { PasswordField } from '../patterns/form/form-fields';

/** A password that is chosen, with what is asked of it. */
export const NewPasswordField = (props: { label: string; autoFocus?: boolean }) => (
  <PasswordField
    name="password"
    hint="At least 10 characters. A few words are better than symbols."
    autoComplete="new-password"
    required
    {...props}
  />
);

/** Tells password managers whose password a form is about. */
export const WhosePassword = ({ email }: { email: string }) => (
  <input type="hidden" autoComplete="username" value={email} readOnly />
);

/** A new password in place of the present one, which has to be known. */
export const ChangePasswordFields = ({ email }: { email: string }) => (
  <>
    <WhosePassword email={email} />
    <PasswordField
      name="current_password"
      label="Current password"
      autoComplete="current-password"
      required
    />
    <NewPasswordField label="New password" />
  </>
);
