'use client';

import { createContext, useContext } from 'react';

export interface FieldControl {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
  required: boolean;
}

export const FieldContext = createContext<FieldControl | null>(null);

interface ControlAttributes {
  id?: string | undefined;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
  required?: boolean | undefined;
}

/** Attributes that tie a control to the label, hint and error of the `Field` around it. */
export function useFieldControl(own: {
  id?: string | undefined;
  required?: boolean | undefined;
}): ControlAttributes {
  const field = useContext(FieldContext);
  if (!field) return { id: own.id, required: own.required };
  return {
    id: own.id ?? field.id,
    'aria-describedby': field.describedBy,
    'aria-invalid': field.invalid || undefined,
    required: own.required ?? (field.required || undefined),
  };
}
