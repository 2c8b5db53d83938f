import { FieldLine, FieldList } from './shape-table';

const codes: [code: string, status: number, meaning: string][] = [
  ['malformed_json', 400, 'The body can’t be read as JSON.'],
  ['unauthenticated', 401, 'No credential, or one that is unknown, expired or revoked.'],
  [
    'quota_exceeded',
    402,
    'A limit of the plan is used up; `upgrade_to` names the plan that lifts it, `resets_at` when it starts anew.',
  ],
  ['feature_not_in_plan', 402, 'The plan doesn’t have this; `upgrade_to` names the one that does.'],
  ['subscription_required', 402, 'The trial or subscription is over. Reading still works.'],
  ['forbidden', 403, 'The role or the key’s scopes don’t include this.'],
  ['not_found', 404, 'It doesn’t exist, or belongs to another organisation.'],
  ['not_acceptable', 406, 'None of the formats named in `Accept` is one that this comes in.'],
  ['idempotency_in_flight', 409, 'The first request with this Idempotency-Key is still running.'],
  [
    'idempotency_outcome_unknown',
    409,
    'The first request with this Idempotency-Key was cut off after a change, and can’t be gone on with. Look at what is there.',
  ],
  ['body_too_large', 413, 'More than 1 MB; uploads of bars may have 256 MB.'],
  ['unsupported_media_type', 415, 'Send JSON, with its Content-Type.'],
  ['invalid_fields', 422, 'Fields of wrong type, range or unknown name; `errors` lists them.'],
  ['idempotency_mismatch', 422, 'This Idempotency-Key was used for another request.'],
  [
    'tenant_suspended',
    423,
    'The organisation is suspended; `reason` says whether paying lifts it (`payment_overdue`) or an operator (`operator`).',
  ],
  ['rate_limited', 429, 'Too many requests; `Retry-After` says how many seconds to wait.'],
  ['temporarily_unavailable', 503, 'Nothing was changed; try again in a few seconds.'],
];

/** What `code` in a problem document can say on any endpoint; the `type` of each leads here. */
export function ErrorCodes() {
  return (
    <FieldList title="Codes" level={2}>
      {codes.map(([code, status, meaning]) => (
        <FieldLine
          key={code}
          anchor={code}
          name={code}
          type={String(status)}
          rule=""
          required={false}
          description={meaning}
        />
      ))}
    </FieldList>
  );
}
