import Ajv, { type ValidateFunction } from 'ajv';
import type { Exchange } from '@/sandbox/http/server';
import type { StripeEvent } from '@/sandbox/stripe/wire';
import generated from '@/sandbox/schemas/generated/responses.json';

type Schemas = {
  $defs: object;
  responses: Record<string, object>;
  events: Record<string, object>;
  event: object;
};
const schemas = generated as unknown as Schemas;

export type Seen = Exchange | { event: StripeEvent };

// Each check runs on few answers, so that the time goes into compiling: nothing is inlined or optimised.
const ajv = new Ajv({
  strict: false,
  allErrors: true,
  inlineRefs: false,
  code: { optimize: false },
  formats: { decimal: /^-?\d+(\.\d+)?$/ },
});
ajv.addSchema({ $id: 'stripe', $defs: schemas.$defs });

const compiled = new Map<string, ValidateFunction>();

/** `#/$defs/…` of a fragment points into the one document that holds the definitions. */
function validator(name: string, fragment: object): ValidateFunction {
  let validate = compiled.get(name);
  if (!validate) {
    validate = ajv.compile(
      JSON.parse(JSON.stringify(fragment).replaceAll('"#/$defs/', '"stripe#/$defs/')) as object,
    );
    compiled.set(name, validate);
  }
  return validate;
}

function check(name: string, fragment: object | undefined, value: unknown): string[] {
  if (!fragment) return [`${name}: not in the generated schemas`];
  const validate = validator(name, fragment);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    (error) => `${name} ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
  );
}

function checkEvent(event: StripeEvent): string[] {
  const { data, type, ...rest } = event;
  const keys = Object.keys(rest).filter(
    (key) =>
      ![
        'id',
        'object',
        'api_version',
        'created',
        'livemode',
        'pending_webhooks',
        'request',
      ].includes(key),
  );
  const shape = keys.map((key) => `event ${type}: unknown key ${key}`);
  return [...shape, ...check(`event ${type}`, schemas.events[type], data.object)];
}

/** Every way in which what was seen departs from the SDK's own types. Empty is good. */
export function findings(seen: Seen[]): string[] {
  const all = seen.flatMap((each) => {
    if ('event' in each) return checkEvent(each.event);
    const { route, body, status } = each.answer;
    return route && status === 200 ? check(route, schemas.responses[route], JSON.parse(body)) : [];
  });
  return [...new Set(all)];
}
