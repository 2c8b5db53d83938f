import { apiKeyParams, revokeApiKey } from '@/lib/domains/gateway';
import { defineRoute } from '@/lib/transport/define-route';

export const DELETE = defineRoute(
  {
    permission: 'api_keys:write',
    summary: 'Revoke an API key, effective within a second',
    tag: 'API keys',
    access: 'tenant',
    params: apiKeyParams,
    status: 204,
  },
  async ({ ctx, params }) => {
    await revokeApiKey(ctx, params.id);
  },
);
