'use client';

import { NumberField, SelectField, TextField } from '@/components/patterns/form/form-fields';
import type { InstrumentDto } from '@/lib/domains/trading/market-data/schemas';

const kinds = [
  { value: 'equity', label: 'Share or fund' },
  { value: 'index', label: 'Index' },
  { value: 'fx', label: 'Currency pair' },
  { value: 'crypto', label: 'Crypto' },
  { value: 'future', label: 'Future' },
];

type Props = { instrument?: InstrumentDto; disabled?: boolean };

/** What is known of an instrument besides its symbol. */
export function InstrumentFields({ instrument, disabled = false }: Props) {
  return (
    <>
      <TextField
        name="name"
        label="Name"
        optional
        defaultValue={instrument?.name}
        placeholder="S&P 500 index"
        disabled={disabled}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField
          name="kind"
          label="Kind"
          options={kinds}
          defaultValue={instrument?.kind ?? 'equity'}
          disabled={disabled}
        />
        <TextField
          name="currency"
          label="Quote currency"
          defaultValue={instrument?.currency ?? 'USD'}
          maxLength={10}
          disabled={disabled}
        />
        <NumberField
          name="point"
          label="Price step"
          hint="The smallest change of price."
          defaultValue={String(instrument?.point ?? 0.01)}
          disabled={disabled}
        />
        <TextField
          name="timezone"
          label="Time zone"
          hint="For intraday times without an offset."
          defaultValue={instrument?.timezone ?? 'UTC'}
          disabled={disabled}
        />
      </div>
    </>
  );
}
