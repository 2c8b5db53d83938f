'use client';

import { Button, type ButtonProps } from '../../ui/button';
import { useFormPending } from './form-context';

/** Sends the `ActionForm` around it; turns while it is under way. The label is a verb and its object. */
export function SubmitButton(props: Omit<ButtonProps, 'type' | 'pending'>) {
  return <Button {...props} type="submit" pending={useFormPending()} />;
}

/** The closing row of a form: buttons at the right, the primary last; full width on a phone. */
export function FormActions({ children }: { children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap justify-end gap-2 pt-1 max-sm:[&>*]:flex-1">{children}</div>
  );
}
