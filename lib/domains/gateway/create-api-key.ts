import { recordAudit } from '@/lib/domains/audit';
import { takeLimit } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { invalidField } from '@/lib/kernel/errors';
import { publicId } from '@/lib/kernel/ids';
import { countApiKeys, insertApiKey, presentNewApiKey } from './api-key-store';
import { checkScopes, grantableScopes } from './policy';
import type { CreateApiKeyInput, NewApiKeyDto } from './schemas';

/**
 * Makes an API key and shows its secret, this once. Throws 402 `quota_exceeded` when the plan has
 * no room for another, 402 `feature_not_in_plan` for a write scope the plan doesn't give, 403 for
 * a scope its maker doesn't hold, 422 `above_plan` for a limit beyond the plan's.
 */
export async function createApiKey(ctx: Ctx, input: CreateApiKeyInput): Promise<NewApiKeyDto> {
  authorise(ctx, 'api_keys:write');
  const expiresAt = input.expires_at ? new Date(input.expires_at) : null;
  if (expiresAt && expiresAt <= ctx.clock.now()) {
    throw invalidField('expires_at', 'in_the_past', 'The key must expire in the future.');
  }
  return withTenant(ctx, async (tx) => {
    if (input.scopes) await checkScopes(tx, ctx, input.scopes);
    const { features, limits } = await takeLimit(tx, ctx, 'api_keys', {
      used: () => countApiKeys(tx, ctx),
    });
    checkOwnRate(input.requests_per_second, limits.requests_per_second);
    const requestsPerSecond = input.requests_per_second ?? null;
    const scopes = [...new Set(input.scopes ?? grantableScopes(ctx, features))];
    const created = await insertApiKey(tx, ctx, {
      name: input.name,
      scopes,
      expiresAt,
      requestsPerSecond,
    });
    const { id, prefix } = created.row;
    await recordAudit(tx, ctx, {
      action: 'api_key.created',
      object: { type: 'api_key', id },
      after: {
        name: input.name,
        prefix,
        scopes,
        expires_at: expiresAt?.toISOString() ?? null,
        requests_per_second: requestsPerSecond,
      },
    });
    await emit(tx, ctx, 'api_key.created', { id: publicId('apiKey', id), name: input.name });
    return presentNewApiKey(created, null);
  });
}

function checkOwnRate(wanted: number | null | undefined, plan: number | null): void {
  if (!wanted || plan === null || wanted <= plan) return;
  throw invalidField(
    'requests_per_second',
    'above_plan',
    `Your plan allows ${plan} requests a second. Use ${plan} or less, or leave this empty.`,
  );
}
