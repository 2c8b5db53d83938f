'use client';

import { createContext, useContext, useEffect } from 'react';
import { type FormProblem, faultOf } from './form-outcome';

export interface FormState {
  pending: boolean;
  problem: FormProblem | null;
  edited: ReadonlySet<string>;
  /** Announces a control, so that the form knows which faults have a place of their own. */
  register: (name: string) => () => void;
}

export const FormContext = createContext<FormState | null>(null);

/** The fault of the control called `name` in the form around it. */
export function useFault(name: string): string | null {
  const form = useContext(FormContext);
  const register = form?.register;
  useEffect(() => register?.(name), [register, name]);
  return form ? faultOf(form.problem, name, form.edited) : null;
}

/** Whether the form around it is being sent. */
export function useFormPending(): boolean {
  return useContext(FormContext)?.pending ?? false;
}
