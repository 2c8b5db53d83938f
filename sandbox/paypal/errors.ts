export type Detail = {
  issue: string;
  description: string;
  field?: string;
  location?: 'body' | 'path';
  value?: unknown;
};

/** An answer that is not a 2xx, in the shape of PayPal's REST errors. */
export class PayPalError extends Error {
  readonly status: number;
  readonly problem: string;
  readonly details: Detail[];
  constructor(status: number, problem: string, message: string, details: Detail[] = []) {
    super(message);
    this.status = status;
    this.problem = problem;
    this.details = details;
  }
}

/** The request itself is wrong: a field is missing, unknown or malformed. */
export function invalidRequest(details: Detail[]): PayPalError {
  return new PayPalError(
    400,
    'INVALID_REQUEST',
    'Request is not well-formed, syntactically incorrect, or violates schema.',
    details,
  );
}

/** The request is well-formed, and what it asks for can't be done in this state. */
export function refused(issue: string, description: string, field?: string): PayPalError {
  return new PayPalError(
    422,
    'UNPROCESSABLE_ENTITY',
    'The requested action could not be performed, semantically incorrect, or failed business validation.',
    [{ issue, description, ...(field ? { field, location: 'body' as const } : {}) }],
  );
}

export function notFound(id: string): PayPalError {
  return new PayPalError(404, 'RESOURCE_NOT_FOUND', 'The specified resource does not exist.', [
    {
      issue: 'INVALID_RESOURCE_ID',
      description: `Specified resource ID ${id} does not exist. Please check the resource ID and try again.`,
      location: 'path',
    },
  ]);
}

/** What PayPal can do and this sandbox cannot is said aloud, never passed over in silence. */
export function notImplemented(what: string): PayPalError {
  return new PayPalError(
    501,
    'NOT_IMPLEMENTED',
    `The local sandbox does not implement ${what}. Use PayPal's own sandbox to try it.`,
  );
}
