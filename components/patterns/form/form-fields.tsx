'use client';

import { Eye, EyeOff } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Checkbox, type CheckboxProps } from '../../ui/checkbox';
import { Field, type FieldProps } from '../../ui/field';
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

type Wrapped<Control> = FieldLook & Control & { required?: boolean | undefined };

/** Tells what the field around a control shows from what the control itself takes. */
function apart<Control>(props: Wrapped<Control>) {
  const { label, hint, optional = false, aside, fieldClassName, ...control } = props;
  const look = {
    label,
    hint,
    optional,
    aside,
    name: props.name,
    required: props.required ?? false,
    ...(fieldClassName ? { className: fieldClassName } : {}),
  };
  return { look, control };
}

type NamedFieldProps = Omit<FieldProps, 'error'> & { name: string };

/** A field that says what the server found wrong under its name. */
function NamedField({ name, ...field }: NamedFieldProps) {
  return <Field {...field} error={useFault(name)} />;
}

/** One line of text with label, hint and the server's fault. */
export function TextField(props: FieldLook & InputProps) {
  const { look, control } = apart(props);
  return (
    <NamedField {...look}>
      <Input {...control} />
    </NamedField>
  );
}

/** A figure: right-aligned, with the phone's numeric keyboard; the unit goes into `suffix`. */
export function NumberField(props: FieldLook & InputProps) {
  return <TextField inputMode="decimal" figures autoComplete="off" {...props} />;
}

/** A password that can be shown; say in `hint` what is asked of it. */
export function PasswordField(props: FieldLook & Omit<InputProps, 'type' | 'suffix'>) {
  const { look, control } = apart(props);
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <NamedField {...look}>
      <span className="relative flex">
        <Input
          autoCapitalize="none"
          spellCheck={false}
          {...control}
          type={shown ? 'text' : 'password'}
          className="pr-10"
        />
        <button
          type="button"
          aria-label={shown ? 'Hide the password' : 'Show the password'}
          onClick={() => setShown(!shown)}
          className="absolute inset-y-0 right-0 grid w-10 place-items-center rounded-r-md text-muted hover:text-strong focus-visible:outline-offset-[-2px]"
        >
          <Icon aria-hidden="true" className="size-4" />
        </button>
      </span>
    </NamedField>
  );
}

/** Several lines of text with label, hint and the server's fault. */
export function TextareaField(props: FieldLook & TextareaProps) {
  const { look, control } = apart(props);
  return (
    <NamedField {...look}>
      <Textarea {...control} />
    </NamedField>
  );
}

/** One of several with label, hint and the server's fault. */
export function SelectField(props: FieldLook & SelectProps) {
  const { look, control } = apart(props);
  return (
    <NamedField {...look}>
      <Select {...control} />
    </NamedField>
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
