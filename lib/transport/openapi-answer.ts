import { env } from '@/lib/infra/env';
import { defineRoute } from './define-route';
import { openApiDocument } from './openapi';

let text: string | undefined;

/** Serves the document to anybody, cacheable: it changes with releases alone. */
export const openApiRoute = defineRoute(
  {
    summary: 'This document',
    tag: 'Reference',
    access: 'public',
    quotaExempt: true,
    formats: ['application/json'],
  },
  async () => {
    text ??= JSON.stringify(openApiDocument(env().publicOrigin));
    return new Response(text, {
      headers: {
        'content-type': 'application/json',
        'cache-control': 'public, max-age=300',
        'access-control-allow-origin': '*',
      },
    });
  },
);
