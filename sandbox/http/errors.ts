export type ErrorBody = {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  message: string;
  code?: string;
  decline_code?: string;
  advice_code?: string;
  network_decline_code?: string;
  param?: string;
  charge?: string;
  payment_intent?: object;
  payment_method?: object;
  setup_intent?: object;
};

/** An answer of the API that is not a 2xx, in Stripe's own words where they are known. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

/** Stripe’s 400 `invalid_request_error`, at a parameter and with a code where it has one. */
export function invalid(message: string, param?: string, code?: string): ApiError {
  return new ApiError(400, {
    type: 'invalid_request_error',
    message,
    ...(code ? { code } : {}),
    ...(param ? { param } : {}),
  });
}

/** Stripe answers 404 when the id stands in the path and 400 when it stands in a parameter. */
export function missing(kind: string, id: string, param = 'id'): ApiError {
  return new ApiError(param === 'id' ? 404 : 400, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${kind}: '${id}'`,
    param,
  });
}

/** What Stripe can do and this sandbox cannot is said aloud, never passed over in silence. */
export function notImplemented(what: string, param?: string): ApiError {
  return new ApiError(501, {
    type: 'invalid_request_error',
    code: 'sandbox_not_implemented',
    message: `The local sandbox does not implement ${what}. Use a real test key to try it against Stripe.`,
    ...(param ? { param } : {}),
  });
}
