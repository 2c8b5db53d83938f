'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { createStrategy, updateStrategy } from '@/lib/domains/trading/strategies';
import { createStrategyInput, updateStrategyInput } from '@/lib/domains/trading/strategies/schemas';
import { invalidField } from '@/lib/kernel/errors';
import { defineAction } from '@/lib/transport/define-action';
import { parseInput } from '@/lib/transport/read-input';

const refresh = () => revalidatePath('/tenant/[slug]/strategies', 'layout');

/** What the editor sends: the document as it was typed. */
const editorFields = {
  name: z.string().trim().min(1, 'Give the strategy a name.').max(100),
  definition: z.string().max(100_000),
};

function readDocument(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : 'unreadable';
    throw invalidField(
      'definition',
      'malformed_json',
      `The rules are not readable JSON: ${reason}.`,
    );
  }
}

export const createStrategyAction = defineAction(
  { name: 'strategies.create', access: 'tenant', input: z.strictObject(editorFields) },
  async ({ ctx, input: { name, definition } }) => {
    const document = { name, definition: readDocument(definition) };
    const { id } = await createStrategy(ctx, parseInput(createStrategyInput, document));
    refresh();
    return { data: { id } };
  },
);

export const saveStrategyAction = defineAction(
  {
    name: 'strategies.update',
    access: 'tenant',
    input: z.strictObject({
      ...editorFields,
      id: z.string(),
      expected_version: z.coerce.number().int(),
    }),
  },
  async ({ ctx, input: { id, name, definition, expected_version } }) => {
    const document = { name, definition: readDocument(definition), expected_version };
    const { version } = await updateStrategy(ctx, id, parseInput(updateStrategyInput, document));
    refresh();
    const message =
      version === expected_version ? 'Saved' : `Saved as version ${version}. Earlier ones stay.`;
    return { data: { id }, message };
  },
);

export const archiveStrategyAction = defineAction(
  {
    name: 'strategies.archive',
    access: 'tenant',
    input: z.strictObject({ id: z.string(), archived: z.enum(['true', 'false']) }),
  },
  async ({ ctx, input }) => {
    await updateStrategy(ctx, input.id, { archived: input.archived === 'true' });
    refresh();
    return { data: null };
  },
);
