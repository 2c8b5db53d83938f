'use client';

import { Eye, EyeOff } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Checkbox, type CheckboxProps } from '../../ui/checkbox';
import { Field } from '../../ui/field';
import { Input, type InputProps } from '../../ui/input';
import { Select, type SelectProps } from '../../ui/select';
import { Textarea, type TextareaProps } from '../../ui/textarea';
import { useFault } from './form-context';

/** What every field of an `ActionForm` takes besides its control's own attributes. */
interface FieldLook {
  /** Also the path under which the server reports a fault. */
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  optional?: boolean;
  aside?: ReactNode;
  fieldClassName?: string;
}

type Look = { [K in Exclude<keyof FieldLook, 'name'>]: FieldLook[K] | undefined };

function look({ label, hint, optional, aside, fieldClassName }: Look) {
  return {
    label,
    hint,
    aside,
    ...(optional ? { optional } : {}),
    ...(fieldClassName ? { className: fieldClassName } : {}),
  };
}

/** One line of text with label, hint and the server's fault. */
export function TextField({
  label,
  hint,
  optional,
  aside,
  fieldClassName,
  ...rest
}: FieldLook & InputProps) {
  const error = useFault(rest.name);
  return (
    <Field
      {...look({ label, hint, optional, aside, fieldClassName })}
      error={error}
      required={rest.required ?? false}
    >
      <Input {...rest} />
    </Field>
  );
}

/** A figure: right-aligned, with the phone's numeric keyboard; the unit goes into `suffix`. */
export function NumberField(props: FieldLook & InputProps) {
  return <TextField inputMode="decimal" figures autoComplete="off" {...props} />;
}

/** A password that can be shown; say in `hint` what is asked of it. */
export function PasswordField({
  label,
  hint,
  optional,
  aside,
  fieldClassName,
  ...rest
}: FieldLook & Omit<InputProps, 'type' | 'suffix'>) {
  const error = useFault(rest.name);
  const [shown, setShown] = useState(false);
  return (
    <Field
      {...look({ label, hint, optional, aside, fieldClassName })}
      error={error}
      required={rest.required ?? false}
    >
      <span className="relative flex">
        <Input
          autoCapitalize="none"
          spellCheck={false}
          {...rest}
          type={shown ? 'text' : 'password'}
          className="pr-10"
        />
        <button
          type="button"
          aria-label={shown ? 'Hide the password' : 'Show the password'}
          onClick={() => setShown(!shown)}
          className="absolute inset-y-0 right-0 grid w-10 place-items-center rounded-r-md text-muted hover:text-strong focus-visible:outline-offset-[-2px]"
        >
          {shown ? (
            <EyeOff aria-hidden="true" className="size-4" />
          ) : (
            <Eye aria-hidden="true" className="size-4" />
          )}
        </button>
      </span>
    </Field>
  );
}

/** Several lines of text with label, hint and the server's fault. */
export function TextareaField({
  label,
  hint,
  optional,
  aside,
  fieldClassName,
  ...rest
}: FieldLook & TextareaProps) {
  const error = useFault(rest.name);
  return (
    <Field
      {...look({ label, hint, optional, aside, fieldClassName })}
      error={error}
      required={rest.required ?? false}
    >
      <Textarea {...rest} />
    </Field>
  );
}

/** One of several with label, hint and the server's fault. */
export function SelectField({
  label,
  hint,
  optional,
  aside,
  fieldClassName,
  ...rest
}: FieldLook & SelectProps) {
  const error = useFault(rest.name);
  return (
    <Field
      {...look({ label, hint, optional, aside, fieldClassName })}
      error={error}
      required={rest.required ?? false}
    >
      <Select {...rest} />
    </Field>
  );
}

/** A box to tick with its sentence beside it. Sends "on" or nothing. */
export function CheckboxField({
  name,
  label,
  ...rest
}: CheckboxProps & { name: string; label: ReactNode }) {
  const error = useFault(name);
  return (
    <div className="flex flex-col gap-1">
      <Checkbox name={name} label={label} aria-invalid={error ? true : undefined} {...rest} />
      {error ? (
        <p role="alert" className="pl-6.5 text-sm text-negative">
          {error}
        </p>
      ) : null}
    </div>
  );
}
