import { z } from 'zod';
import { type Permission, permissions } from '@/lib/kernel/access';

const scope = z.enum(permissions as [Permission, ...Permission[]]);
/** No control characters: a name is shown in lists and logs. */
const name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}]+$/u, 'Control characters are not allowed.');

/** Longest time that the old and the new key of a rotation are both good, in seconds. */
export const LONGEST_OVERLAP = 7 * 86_400;

/** Beyond any plan: the plan's own limit is checked where it is known. */
const MOST_REQUESTS = 1_000_000;

export const createApiKeyInput = z.strictObject({
  name,
  scopes: z
    .array(scope)
    .min(1)
    .max(permissions.length)
    .optional()
    .describe(
      'All that plan and person allow when left out, except for what is not built yet (models, accounts, webhooks).',
    ),
  expires_at: z.iso.datetime({ offset: true }).nullable().optional(),
  requests_per_second: z
    .int()
    .min(1)
    .max(MOST_REQUESTS)
    .nullable()
    .optional()
    .describe('A limit of its own, up to the plan’s; the plan’s alone when left out.'),
});
export type CreateApiKeyInput = z.output<typeof createApiKeyInput>;

export const rotateApiKeyInput = z.strictObject({
  overlap_seconds: z
    .int()
    .min(0)
    .max(LONGEST_OVERLAP)
    .default(0)
    .describe('How long the old key stays good beside the new one.'),
});
export type RotateApiKeyInput = z.output<typeof rotateApiKeyInput>;

export const apiKeyParams = z.object({ id: z.string() });

export const apiKeyDto = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(scope),
  sleeping: z
    .object({
      scopes: z.array(scope),
      code: z.enum(['feature_not_in_plan', 'quota_exceeded']),
      detail: z.string(),
      upgrade_to: z.string().nullable(),
      upgrade_name: z.string().nullable(),
    })
    .nullable()
    .describe('Scopes that are kept, but refused with this 402 until the plan has room for them.'),
  requests_per_second: z.int().nullable(),
  expires_at: z.iso.datetime().nullable(),
  last_used_at: z.iso.datetime().nullable(),
  created_at: z.iso.datetime(),
});
export type ApiKeyDto = z.infer<typeof apiKeyDto>;

/** The answer that shows the secret, this once. */
export const newApiKeyDto = apiKeyDto.extend({ secret: z.string() });
export type NewApiKeyDto = z.infer<typeof newApiKeyDto>;

export const apiKeyQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().optional(),
});
export type ApiKeyQuery = z.output<typeof apiKeyQuery>;
export const apiKeyPage = z.object({
  data: z.array(apiKeyDto),
  next_cursor: z.string().nullable(),
});
export type ApiKeyPage = z.infer<typeof apiKeyPage>;

export type KeyOptions = {
  /** What a new key may be given. */
  scopes: Permission[];
  used: number;
  /** Null: unlimited. */
  limit: number | null;
  /** The plan's limit, which a key may stay below; null: unlimited. */
  requestsPerSecond: number | null;
  /** The plan that lets keys write, when this one doesn't. */
  writeWith: { id: string; name: string } | null;
};
