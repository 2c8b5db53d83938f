import { env } from '@/lib/infra/env';
import { newRequestId } from './error-map';
import { openApiDocument } from './openapi';
import type { Route } from './route-spec';

let text: string | undefined;

/** Serves the document to anybody, cacheable: it changes with releases alone. */
const serve = async (): Promise<Response> => {
  text ??= JSON.stringify(openApiDocument(env().publicOrigin));
  return new Response(text, {
    headers: {
      'content-type': 'application/json',
      'cache-control': 'public, max-age=300',
      'access-control-allow-origin': '*',
      'x-request-id': newRequestId(),
    },
  });
};

export const openApiRoute: Route = Object.assign(serve, {
  spec: { summary: 'This document', tag: 'Reference', access: 'public' as const },
});
