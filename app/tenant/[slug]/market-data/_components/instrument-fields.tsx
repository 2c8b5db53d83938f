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

type Props = { instrument?: InstrumentDto };

/** What is known of an instrument besides its symbol. */
export function InstrumentFields({ instrument }: Props) {
  return (
    <>
      <TextField
        name="name"
        label="Name"
        optional
        defaultValue={instrument?.name}
        placeholder="S&P 500 index"
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField
          name="kind"
          label="Kind"
          options={kinds}
          defaultValue={instrument?.kind ?? 'equity'}
        />
        <TextField
          name="currency"
          label="Quote currency"
          defaultValue={instrument?.currency ?? 'USD'}
          maxLength={10}
        />
        <NumberField
          name="point"
          label="Price step"
          hint="The smallest change of price."
          defaultValue={String(instrument?.point ?? 0.01)}
        />
        <TextField
          name="timezone"
          label="Time zone"
          hint="For intraday times without an offset."
          defaultValue={instrument?.timezone ?? 'UTC'}
        />
      </div>
    </>
  );
}

/** The same, to be read only. */
export function InstrumentFacts({ instrument }: { instrument: InstrumentDto }) {
  const facts = [
    ['Name', instrument.name],
    ['Kind', kinds.find(({ value }) => value === instrument.kind)?.label ?? instrument.kind],
    ['Quote currency', instrument.currency],
    ['Price step', String(instrument.point)],
    ['Time zone', instrument.timezone],
  ];
  return (
    <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-[repeat(auto-fit,minmax(8rem,1fr))]">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className="text-sm text-muted">{name}</dt>
          <dd className="figures text-base text-strong">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
