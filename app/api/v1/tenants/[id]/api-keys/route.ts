import {
  apiKeyPage,
  apiKeyQuery,
  createApiKey,
  createApiKeyInput,
  listApiKeys,
  newApiKeyDto,
} from '@/lib/domains/gateway';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'api_keys:read',
    summary: 'List API keys',
    tag: 'API keys',
    access: 'tenant',
    tenantParam: 'id',
    query: apiKeyQuery,
    response: apiKeyPage,
  },
  ({ ctx, query }) => listApiKeys(ctx, query),
);

export const POST = defineRoute(
  {
    permission: 'api_keys:write',
    summary: 'Make an API key; its secret is shown this once',
    tag: 'API keys',
    access: 'tenant',
    tenantParam: 'id',
    body: createApiKeyInput,
    response: newApiKeyDto,
    status: 201,
    errors: ['quota_exceeded', 'feature_not_in_plan', 'in_the_past', 'above_plan'],
  },
  ({ ctx, body }) => createApiKey(ctx, body),
);
