'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { createApiKey, createApiKeyInput, revokeApiKey, rotateApiKey } from '@/lib/domains/gateway';
import { defineAction } from '@/lib/transport/define-action';

// After a key is made its dialog refreshes the page when it closes: done earlier, the list that comes
// would take the dialog's place, and the secret it shows this once with it.
const refresh = () => revalidatePath('/tenant/[slug]/api-keys', 'page');
const id = z.string().max(60);
const DAY_MS = 86_400_000;

const createInput = createApiKeyInput
  .omit({ expires_at: true })
  .extend({
    expires_in_days: z.enum(['never', '7', '30', '90', '365']),
    // An empty field is no limit.
    requests_per_second: z.preprocess(
      (text) => (text === '' ? undefined : Number(text)),
      createApiKeyInput.shape.requests_per_second,
    ),
  })
  .required({ scopes: true });

export const createKeyAction = defineAction(
  { name: 'api-keys.create', access: 'tenant', input: createInput },
  async ({ ctx, input: { expires_in_days: days, ...input } }) => {
    const expiry = days === 'never' ? null : ctx.clock.now().getTime() + Number(days) * DAY_MS;
    const expires_at = expiry === null ? null : new Date(expiry).toISOString();
    const data = await createApiKey(ctx, { ...input, expires_at });
    return { data };
  },
);

const rotateInput = z.strictObject({ id, overlap_seconds: z.coerce.number().int().min(0) });

export const rotateKeyAction = defineAction(
  { name: 'api-keys.rotate', access: 'tenant', input: rotateInput },
  async ({ ctx, input }) => {
    const { overlap_seconds } = input;
    const data = await rotateApiKey(ctx, input.id, { overlap_seconds });
    return { data };
  },
);

export const revokeKeyAction = defineAction(
  { name: 'api-keys.revoke', access: 'tenant', input: z.strictObject({ id }) },
  async ({ ctx, input }) => {
    await revokeApiKey(ctx, input.id);
    refresh();
    return { data: null };
  },
);
