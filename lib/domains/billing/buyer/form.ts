import { z } from 'zod';
import { billingDetailsInput } from './schemas';

const ROW = /^tax_ids\[(\d+)\]\.(type|value)$/;

/**
 * The details as their form sends them: `address.city`, `tax_ids[0].value`. Rows without a number are left out, and
 * so is an address of which nothing was filled in. Rows keep their places, so that faults find their fields.
 */
function nested(fields: unknown): unknown {
  if (typeof fields !== 'object' || fields === null) return fields;
  const address: Record<string, unknown> = {};
  const rows: Record<string, unknown>[] = [];
  const whole: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const [, row, part = ''] = ROW.exec(name) ?? [];
    if (row !== undefined) rows[Number(row)] = { ...rows[Number(row)], [part]: value };
    else if (name.startsWith('address.')) address[name.slice('address.'.length)] = value;
    else whole[name] = value;
  }
  const filled = Object.values(address).some((part) => part !== '');
  return {
    ...whole,
    address: filled ? address : null,
    tax_ids: rows.filter((row) => row?.['value'] !== ''),
  };
}

export const billingDetailsForm = z.preprocess(nested, billingDetailsInput);
