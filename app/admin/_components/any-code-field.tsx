'use client';

import { TextField } from '@/components/patterns/form/form-fields';

/** Asks for a code of the app, or a recovery code. */
export const AnyCodeField = () => (
  <TextField
    name="code"
    label="Code"
    hint="Six digits from the app, or one of your recovery codes."
    autoComplete="one-time-code"
    autoCapitalize="none"
    spellCheck={false}
    autoFocus
    required
  />
);
