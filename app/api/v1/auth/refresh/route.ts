import { refreshInput, refreshTokens, tokensDto } from '@/lib/domains/identity';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    summary: 'Exchange a refresh token for new tokens',
    tag: 'People',
    access: 'public',
    quotaExempt: true,
    whileSuspended: true,
    body: refreshInput,
    response: tokensDto,
    errors: ['unauthenticated'],
  },
  ({ ctx, body }) => refreshTokens(ctx, body),
);
