import { env } from '@/lib/infra/env';
import { openApiDocument } from './openapi';

/** A JSON schema as the reference page draws it. */
export type Shape = {
  type?: string | string[];
  description?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
  pattern?: string;
  properties?: Record<string, Shape>;
  required?: string[];
  items?: Shape;
  anyOf?: Shape[];
  oneOf?: Shape[];
  $ref?: string;
};

export type ReferenceParameter = {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Shape;
};

export type ReferenceOperation = {
  id: string;
  method: string;
  /** Below `/api/v1`, parameters in braces. */
  path: string;
  summary: string;
  tag: string;
  isPublic: boolean;
  /** What an API key needs; null where no key is needed, or of use. */
  scope: string | null;
  parameters: ReferenceParameter[];
  body: Shape | null;
  status: string;
  answer: Shape | null;
  formats: string[];
  errors: string;
};

type Content = Record<string, { schema?: Shape }>;
type Documented = {
  operationId: string;
  summary: string;
  tags: string[];
  security: { bearer?: string[] }[];
  parameters?: ReferenceParameter[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
};

/** The OpenAPI document, flattened for reading: the operations of each tag, in the order of paths. */
export function readReference(): {
  base: string;
  tags: { name: string; operations: ReferenceOperation[] }[];
  shapes: Record<string, Shape>;
} {
  const document = openApiDocument(env().publicOrigin);
  // Made by us a moment ago; the library's own types allow references that we never write.
  const paths = (document.paths ?? {}) as unknown as Record<string, Record<string, Documented>>;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => flatten(path, method, operation)),
  );
  const names = [...new Set(operations.map(({ tag }) => tag))];
  return {
    base: `${env().publicOrigin}/api/v1`,
    tags: names.map((name) => ({
      name,
      operations: operations.filter(({ tag }) => tag === name),
    })),
    shapes: (document.components?.schemas ?? {}) as Record<string, Shape>,
  };
}

function flatten(path: string, method: string, operation: Documented): ReferenceOperation {
  const { default: failure, ...answers } = operation.responses;
  const [status = '200', answer] = Object.entries(answers)[0] ?? [];
  const content = answer?.content ?? {};
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    summary: operation.summary,
    tag: operation.tags[0] ?? 'Other',
    isPublic: operation.security.length === 0,
    scope: operation.security[0]?.bearer?.[0] ?? null,
    parameters: operation.parameters ?? [],
    body: operation.requestBody?.content['application/json']?.schema ?? null,
    status,
    answer: content['application/json']?.schema ?? null,
    formats: Object.keys(content).filter((type) => type !== 'application/json'),
    errors: failure?.description ?? '',
  };
}
