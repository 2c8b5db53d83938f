/**
 * One family of errors for every rule of the product. `kind` says what sort of refusal it is,
 * `code` names it for programs, `detail` tells a person what happened and what to do next.
 * The transport renders them (problem+json, form errors, job retries); nothing here knows HTTP.
 */
export type ErrorKind =
  | 'malformed'
  | 'unauthenticated'
  | 'payment_required'
  | 'forbidden'
  | 'not_found'
  | 'not_acceptable'
  | 'conflict'
  | 'too_large'
  | 'unsupported_media'
  | 'invalid'
  | 'suspended'
  | 'rate_limited'
  | 'unavailable';

/** A fault in one field; `path` in dots and brackets, as in `bars[3].high`. */
export type FieldError = { path: string; code: string; message: string };

export type DomainErrorInit = {
  errors?: FieldError[];
  /** Further members of the answer, for instance `upgrade_to` or `suggestions`. */
  extra?: Record<string, unknown>;
  cause?: unknown;
};

const BRAND = Symbol.for('neozork.domain-error');

/** A refusal, recognised by `isDomainError`. `detail` is for people, `errors` for the fields of a form. */
export class DomainError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly detail: string;
  readonly errors: FieldError[];
  readonly extra: Record<string, unknown>;

  constructor(kind: ErrorKind, code: string, detail: string, init: DomainErrorInit = {}) {
    super(`${code}: ${detail}`, { cause: init.cause });
    this.name = 'DomainError';
    this.kind = kind;
    this.code = code;
    this.detail = detail;
    this.errors = init.errors ?? [];
    this.extra = init.extra ?? {};
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** Recognises the family by brand: two bundles in one process have two classes of the same name. */
export function isDomainError(error: unknown): error is DomainError {
  return typeof error === 'object' && error !== null && BRAND in error;
}

/** Also for what belongs to another tenant: that it exists is nobody else’s to know. */
export const notFound = (what: string) =>
  new DomainError('not_found', 'not_found', `There is no such ${what}.`);

/** The caller is known, and may not. `detail` says what is missing. */
export const forbidden = (detail: string) => new DomainError('forbidden', 'forbidden', detail);

export const unauthenticated = (
  detail = 'No valid credential was given. Sign in, or send an API key as a bearer token.',
) => new DomainError('unauthenticated', 'unauthenticated', detail);

/** What was asked for contradicts how things stand; `extra` may say how they do. */
export const conflict = (code: string, detail: string, extra: Record<string, unknown> = {}) =>
  new DomainError('conflict', code, detail, { extra });

/** Fields of wrong type, range or unknown name. */
export const invalid = (errors: FieldError[], code = 'invalid_fields') =>
  new DomainError('invalid', code, errors[0]?.message ?? 'Some fields are not valid.', { errors });

/** One field that the caller can put right. */
export const invalidField = (path: string, code: string, message: string) =>
  new DomainError('invalid', code, message, { errors: [{ path, code, message }] });
