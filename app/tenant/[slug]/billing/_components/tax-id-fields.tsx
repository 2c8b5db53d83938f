'use client';

import { useState } from 'react';
import { SelectField, TextField } from '@/components/patterns/form/form-fields';
import { Button } from '@/components/ui/button';
import type { BillingDetailsDto } from '@/lib/domains/billing';
import {
  MOST_TAX_IDS,
  taxIdKinds,
  type TaxIdType,
  taxIdTypes,
} from '@/lib/domains/billing/buyer/schemas';

type Row = BillingDetailsDto['tax_ids'][number];

const kinds = taxIdTypes.map((value) => ({ value, label: taxIdKinds[value].label }));

function TaxIdRow({ row, index }: { row: Row; index: number }) {
  const [type, setType] = useState<TaxIdType>(row.type);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        name={`tax_ids[${index}].type`}
        label="Kind of tax id"
        value={type}
        onChange={(event) => setType(event.target.value as TaxIdType)}
        options={kinds}
      />
      <TextField
        name={`tax_ids[${index}].value`}
        label="Number"
        hint={`Like ${taxIdKinds[type].example}. Empty takes it away.`}
        defaultValue={row.value}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
      />
    </div>
  );
}

/** One row for each tax id, and a way to add one. */
export function TaxIdFields({ known }: { known: readonly Row[] }) {
  const [rows, setRows] = useState<readonly Row[]>(
    known.length > 0 ? known : [{ type: 'eu_vat', value: '' }],
  );
  return (
    <div className="grid gap-4">
      {rows.map((row, index) => (
        // Rows never move: a row's place is what it is.
        <TaxIdRow key={`${index} ${row.type} ${row.value}`} row={row} index={index} />
      ))}
      {rows.length < MOST_TAX_IDS ? (
        <div>
          <Button
            variant="secondary"
            size="sm"
            onClick={() => setRows([...rows, { type: 'eu_vat', value: '' }])}
          >
            Add another tax id
          </Button>
        </div>
      ) : null}
    </div>
  );
}
