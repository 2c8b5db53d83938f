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
  /** Bounds, both included, beyond which the figure is refused. */
  min?: number;
  max?: number;
  readOnly: boolean;
  onChange: (next: number | null) => void;
  className?: string;
};

/** A figure that writes itself into the document once it can be read; until then what was typed stays. */
export function FigureInput(props: Props) {
  const { label, hint, suffix, value, readOnly, onChange, className } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  const text = typed ?? shown;
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
      error={fixed ? null : faultOf(text, props)}
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

function faultOf(text: string, { min, max }: Pick<Props, 'min' | 'max'>): string | null {
  const figure = Number(text);
  if (text.trim() === '') return null;
  if (Number.isNaN(figure)) return 'Enter a number.';
  if (min !== undefined && figure < min) return `At least ${min}.`;
  if (max !== undefined && figure > max) return `At most ${max}.`;
  return null;
}
