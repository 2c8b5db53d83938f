'use client';

import { Button, type ButtonProps } from '../../ui/button';
import { cn } from '../../ui/class-names';
import { useFormPending } from './form-context';

/** Sends the `ActionForm` around it; turns while it is under way. The label is a verb and its object. */
export function SubmitButton(props: Omit<ButtonProps, 'type' | 'pending'>) {
  return <Button {...props} type="submit" pending={useFormPending()} />;
}

/**
 * The closing row of a form: buttons at the right, the primary last; full width on a phone.
 * @param sticky in a dialog that scrolls: stays in sight at its lower edge
 */
export function FormActions({
  sticky = false,
  children,
}: {
  sticky?: boolean;
  children: React.ReactNode;
}) {
  return (
    <div
      className={cn(
        'flex flex-wrap justify-end gap-2 pt-1 max-sm:[&>*]:flex-1',
        sticky && 'sticky -bottom-5 -mx-5 -mb-5 border-t border-line bg-overlay px-5 py-3',
      )}
    >
      {children}
    </div>
  );
}
