'use client';

import { useFault } from '@/components/patterns/form/form-context';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

type Props = {
  name: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  disabled: boolean;
};

/** A colour by picker or by its six digits; both show the same value. */
export function ColourField({ name, label, value, onChange, disabled }: Props) {
  const fault = useFault(name);
  const picked = /^#[0-9a-f]{6}$/i.test(value) ? value : '#000000';
  return (
    <Field label={label} error={fault} hint="As # and six digits, for instance #2457d6.">
      <span className="flex items-center gap-2">
        <input
          type="color"
          aria-label={`Pick the colour: ${label}`}
          value={picked}
          onChange={(event) => onChange(event.target.value)}
          disabled={disabled}
          className="size-9 shrink-0 cursor-pointer rounded-md border border-line-strong bg-panel p-1 disabled:cursor-not-allowed"
        />
        <Input
          name={name}
          value={value}
          onChange={(event) => onChange(event.target.value.trim())}
          maxLength={7}
          spellCheck={false}
          disabled={disabled}
          className="font-mono"
        />
      </span>
    </Field>
  );
}
