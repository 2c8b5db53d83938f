'use client';

import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

type Props = {
  label: string;
  hint?: string;
  suffix?: string;
  /** A number; null for none; a text such as `$size` where a parameter stands, which only JSON can change. */
  value: unknown;
  readOnly: boolean;
  onChange: (next: number | null) => void;
  className?: string;
};

/** A figure that writes itself into the document once it can be read; until then what was typed stays. */
export function FigureInput({ label, hint, suffix, value, readOnly, onChange, className }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  const text = typed ?? shown;
  const bad = text.trim() !== '' && Number.isNaN(Number(text));
  const fixed = typeof value === 'string';
  const type = (next: string) => {
    setTyped(next);
    if (next.trim() === '') onChange(null);
    else if (!Number.isNaN(Number(next))) onChange(Number(next));
  };
  return (
    <Field
      label={label}
      hint={fixed ? 'Set by a parameter; change it in the JSON.' : hint}
      error={bad && !fixed ? 'Enter a number.' : null}
      {...(className ? { className } : {})}
    >
      <Input
        inputMode="decimal"
        autoComplete="off"
        figures
        suffix={suffix}
        value={text}
        readOnly={readOnly || fixed}
        onChange={(event) => type(event.target.value)}
        onBlur={() => setTyped(null)}
      />
    </Field>
  );
}
