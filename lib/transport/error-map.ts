import { randomUUID } from 'node:crypto';
import { log } from '@/lib/infra/log';
import { DomainError, type ErrorKind, isDomainError } from '@/lib/kernel/errors';

/** The one table from the family of errors to HTTP. */
export const statusOf: Record<ErrorKind, number> = {
  malformed: 400,
  unauthenticated: 401,
  payment_required: 402,
  forbidden: 403,
  not_found: 404,
  not_acceptable: 406,
  conflict: 409,
  too_large: 413,
  unsupported_media: 415,
  invalid: 422,
  suspended: 423,
  rate_limited: 429,
  unavailable: 503,
};

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  402: 'Payment required',
  403: 'Not allowed',
  404: 'Not found',
  406: 'Not acceptable',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Invalid fields',
  423: 'Suspended',
  429: 'Too many requests',
  500: 'Something went wrong',
  503: 'Temporarily unavailable',
};

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  request_id: string;
  errors?: { path: string; code: string; message: string }[];
  [extra: string]: unknown;
};

/** PostgreSQL (class 08, 57P0x, 53300) and sockets saying that the database can't be reached just now. */
const DATABASE_AWAY =
  /^(08\w{3}|57P0[123]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|P1001|P1002|P1008|P1017|P2024|P2028)$/;

function databaseAway(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 4) return false;
  const { code, cause, meta } = error as {
    code?: unknown;
    cause?: unknown;
    meta?: { driverAdapterError?: unknown };
  };
  if (typeof code === 'string' && DATABASE_AWAY.test(code)) return true;
  if (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect/.test(error.message)
  ) {
    return true;
  }
  return databaseAway(cause, depth + 1) || databaseAway(meta?.driverAdapterError, depth + 1);
}

/** Turns whatever was thrown into the family; what is unknown is logged and shown as a reference only. */
export function asDomainError(error: unknown, requestId: string): DomainError | null {
  if (isDomainError(error)) return error;
  if (databaseAway(error)) {
    log().warn({ err: error, requestId }, 'database away');
    return new DomainError(
      'unavailable',
      'temporarily_unavailable',
      'The service is restarting. Nothing was changed; try again in a few seconds.',
    );
  }
  log().error({ err: error, requestId }, 'unexpected error');
  return null;
}

export function problemOf(error: unknown, requestId: string): Problem {
  const known = asDomainError(error, requestId);
  const status = known ? statusOf[known.kind] : 500;
  const code = known?.code ?? 'internal_error';
  return {
    type: `/docs/api#${code}`,
    title: titles[status] ?? 'Error',
    status,
    detail:
      known?.detail ??
      `Something went wrong on our side. If it happens again, tell support this reference: ${requestId}.`,
    code,
    request_id: requestId,
    ...(known && known.errors.length > 0 ? { errors: known.errors } : {}),
    ...known?.extra,
  };
}

export function newRequestId(): string {
  return `req_${randomUUID().replaceAll('-', '')}`;
}
