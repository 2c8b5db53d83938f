import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import { listOperations, type Operation } from './route-table';

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    request_id: z.string(),
    errors: z
      .array(z.object({ path: z.string(), code: z.string(), message: z.string() }))
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem document.' });

const statusText: Record<number, string> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'Done; no body',
};

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** The OpenAPI 3.1 document of what is mounted, from the very schemas that check calls. */
export function openApiDocument(serverUrl: string) {
  const paths: ZodOpenApiPathsObject = {};
  const tags = new Set<string>();
  for (const operation of listOperations()) {
    const path = operation.path.slice('/api/v1'.length).replaceAll(/:(\w+)/g, '{$1}');
    tags.add(operation.spec.tag);
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'NeoZork API',
      version: '1',
      description:
        'JSON in and out, snake_case, UTC times, money in minor units. Errors are problem documents; every write takes an Idempotency-Key.',
    },
    servers: [{ url: `${serverUrl}/api/v1` }],
    tags: [...tags].map((name) => ({ name })),
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key, an access token from /auth/login, or a set-up token.',
        },
        operator: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-nz_operator',
          description: 'An operator’s session, at the admin host alone.',
        },
      },
      schemas: { Problem: problem },
    },
    paths,
  });
}

function describe({ path, method, spec }: Operation): ZodOpenApiOperationObject {
  const status = spec.status ?? (spec.response ? 200 : spec.formats ? 200 : 204);
  return {
    operationId: operationId(method, path),
    summary: spec.summary,
    tags: [spec.tag],
    security: securityOf(spec),
    requestParams: {
      path: pathParams(path),
      ...(spec.query instanceof z.ZodObject ? { query: spec.query } : {}),
      ...(WRITES.has(method) ? { header: idempotencyHeader } : {}),
    },
    ...requestBody(spec),
    responses: {
      [String(status) as '200']: {
        description: statusText[status] ?? 'Answer',
        ...answerContent(spec),
      },
      default: {
        description: errorText(spec),
        content: { 'application/problem+json': { schema: problem } },
      },
    },
  };
}

function securityOf(spec: Operation['spec']) {
  if (spec.access === 'public') return [];
  return spec.access === 'operator' ? [{ operator: [] }] : [{ bearer: scopesOf(spec) }];
}

/** The scope that an API key needs, in the place where OpenAPI 3.1 names roles. */
function scopesOf({ permission }: Operation['spec']): string[] {
  if (permission === undefined) return [];
  return [typeof permission === 'string' ? permission : permission.ofKeys];
}

const idempotencyHeader = z.object({
  'Idempotency-Key': z
    .string()
    .max(255)
    .optional()
    .describe('The same key and body within 24 hours get the same answer.'),
});

function pathParams(path: string) {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
  return z.object(Object.fromEntries(names.map((name) => [name, z.string()])));
}

function requestBody({ body, rawBody, accepts }: Operation['spec']) {
  const types = [...(body ? ['application/json'] : []), ...(accepts ?? [])];
  if (types.length === 0 && !rawBody) return null;
  const schema = body ?? z.string();
  const wanted = types.length > 0 ? types : ['application/octet-stream'];
  return {
    requestBody: {
      content: Object.fromEntries(
        wanted.map((type) => [type, { schema: type === 'application/json' ? schema : z.string() }]),
      ),
    },
  };
}

function answerContent({ response, formats = [] }: Operation['spec']) {
  const content = {
    ...(response ? { 'application/json': { schema: response } } : {}),
    ...Object.fromEntries(formats.map((format) => [format, { schema: textOf(format) }])),
  };
  return Object.keys(content).length > 0 ? { content } : {};
}

const textOf = (type: string) =>
  type.startsWith('text/') ? z.string() : z.string().meta({ format: 'binary' });

function errorText({ errors = [] }: Operation['spec']): string {
  const own = errors.length > 0 ? ` Codes of its own: ${errors.join(', ')}.` : '';
  return `A problem document; \`code\` names the reason.${own}`;
}

/** `POST /api/v1/tenants/:id/api-keys` becomes `postTenantsByIdApiKeys`. */
function operationId(method: string, path: string): string {
  const words = path
    .slice('/api/v1/'.length)
    .replaceAll(/:(\w+)/g, 'by-$1')
    .split(/[^A-Za-z0-9]+/);
  const camel = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return method.toLowerCase() + camel;
}
