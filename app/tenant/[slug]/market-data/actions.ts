'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import {
  createInstrument,
  deleteInstrument,
  updateInstrument,
} from '@/lib/domains/trading/market-data';
import {
  createInstrumentInput,
  updateInstrumentInput,
} from '@/lib/domains/trading/market-data/schemas';
import { defineAction } from '@/lib/transport/define-action';
import { parseInput } from '@/lib/transport/read-input';

/** Fields of a form are text: an empty one is left out, the price step is a number. */
const formFields = z.record(z.string(), z.string());

function instrumentFields(form: z.output<typeof formFields>): Record<string, unknown> {
  const given = Object.entries(form).filter(([, text]) => text.trim() !== '');
  return Object.fromEntries(
    given.map(([name, text]) => [name, name === 'point' ? Number(text) : text]),
  );
}

const refresh = () => revalidatePath('/tenant/[slug]/market-data', 'layout');

export const createInstrumentAction = defineAction(
  { name: 'instruments.create', access: 'tenant', input: formFields },
  async ({ ctx, input }) => {
    const fields = parseInput(createInstrumentInput, instrumentFields(input));
    const { symbol } = await createInstrument(ctx, fields);
    refresh();
    return { data: { symbol } };
  },
);

export const updateInstrumentAction = defineAction(
  { name: 'instruments.update', access: 'tenant', input: formFields },
  async ({ ctx, input: { symbol = '', ...input } }) => {
    const fields = parseInput(updateInstrumentInput, instrumentFields(input));
    await updateInstrument(ctx, symbol, fields);
    refresh();
    return { data: null };
  },
);

export const deleteInstrumentAction = defineAction(
  { name: 'instruments.delete', access: 'tenant', input: z.strictObject({ symbol: z.string() }) },
  async ({ ctx, input }) => {
    await deleteInstrument(ctx, input.symbol);
    refresh();
    return { data: null };
  },
);
