import { apiKeyParams, newApiKeyDto, rotateApiKey, rotateApiKeyInput } from '@/lib/domains/gateway';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    permission: 'api_keys:write',
    summary: 'Replace an API key; the new secret is shown this once',
    tag: 'API keys',
    access: 'tenant',
    params: apiKeyParams,
    body: rotateApiKeyInput,
    response: newApiKeyDto,
    status: 201,
    errors: ['already_rotated', 'feature_not_in_plan'],
  },
  ({ ctx, params, body }) => rotateApiKey(ctx, params.id, body),
);
