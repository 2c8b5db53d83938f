import { type ApiError, invalid, notImplemented } from '@/sandbox/http/errors';
import type { FormTree } from '@/sandbox/http/form';

/** The subset of JSON Schema that the generator writes for requests. */
export type Schema = {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: (string | number | boolean)[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
};

/** One endpoint: the schema of what is implemented, and the names of what Stripe takes besides. */
export type RequestSchema = { params: Schema; unimplemented: string[] };

const FLOATS = new Set(['percent_off', 'amount_percent', 'application_fee_percent', 'percentage']);
const list = new Intl.ListFormat('en', { type: 'disjunction' });

type Input = string | FormTree;

function decodeText(input: string, schema: Schema, name: string): unknown {
  const key = name.replace(/^.*\[([^\]]+)\]$/, '$1');
  if (schema.enum) {
    const hit = schema.enum.find((option) => String(option) === input);
    if (hit === undefined)
      throw invalid(
        `Invalid ${key}: must be ${schema.enum.length > 1 ? 'one of ' : ''}${list.format(schema.enum.map(String))}`,
        name,
      );
    return hit;
  }
  switch (schema.type) {
    case 'string':
      if (schema.format === 'decimal' && !/^-?\d+(\.\d{1,12})?$/.test(input))
        throw invalid(`Invalid decimal: ${input}`, name, 'parameter_invalid_decimal');
      if (input === '')
        throw invalid(
          `You passed an empty string for '${name}'. We assume empty values are an attempt to unset a parameter; however '${name}' cannot be unset. You should remove '${name}' from your request or supply a non-empty value.`,
          name,
          'parameter_invalid_empty',
        );
      return input;
    case 'number':
      if (FLOATS.has(key) ? !/^-?\d+(\.\d+)?$/.test(input) : !/^-?\d+$/.test(input))
        throw invalid(`Invalid integer: ${input}`, name, 'parameter_invalid_integer');
      return Number(input);
    case 'boolean':
      if (input !== 'true' && input !== 'false') throw invalid(`Invalid boolean: ${input}`, name);
      return input === 'true';
    case 'null':
      if (input !== '') throw invalid(`Invalid ${key}`, name);
      return null;
    default:
      throw invalid(`Invalid ${schema.type ?? 'value'}`, name);
  }
}

/** Turns form text into typed params by the schema, with Stripe's errors. `name` is the bracketed path. */
class Decoder {
  private readonly defs: Record<string, Schema>;
  constructor(defs: Record<string, Schema>) {
    this.defs = defs;
  }

  decode(input: Input, given: Schema, name: string): unknown {
    const schema = given.$ref ? (this.defs[given.$ref.slice('#/$defs/'.length)] ?? {}) : given;
    if (schema.anyOf) return this.anyOf(input, schema.anyOf, name);
    if (typeof input === 'string') return decodeText(input, schema, name);
    if (schema.type === 'array')
      return Object.entries(input).map(([key, item]) =>
        this.decode(item, schema.items ?? {}, `${name}[${key}]`),
      );
    if (schema.type === 'object') return this.object(input, schema, name);
    throw invalid(`Invalid ${schema.type ?? 'value'}`, name);
  }

  /** The alternative whose kind fits the input gives the error, so that messages stay specific. */
  private anyOf(input: Input, options: Schema[], name: string): unknown {
    let error: ApiError | Error = invalid('Invalid value', name);
    const kinds =
      typeof input === 'string'
        ? options.toSorted((a, b) => Number(b.type === 'null') - Number(a.type === 'null'))
        : options;
    for (const option of kinds) {
      try {
        return this.decode(input, option, name);
      } catch (cause) {
        error = cause as Error;
      }
    }
    throw error;
  }

  private object(input: FormTree, schema: Schema, name: string): Record<string, unknown> {
    const out: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(input)) {
      const path = name ? `${name}[${key}]` : key;
      const property = schema.properties?.[key] ?? (schema.additionalProperties || undefined);
      if (!property)
        throw invalid(`Received unknown parameter: ${path}`, path, 'parameter_unknown');
      // Metadata unsets a key with an empty value.
      if (schema.additionalProperties && value === '') out[key] = null;
      else out[key] = this.decode(value, property === true ? {} : property, path);
    }
    for (const key of schema.required ?? []) {
      const path = name ? `${name}[${key}]` : key;
      if (!(key in out))
        throw invalid(`Missing required param: ${path}.`, path, 'parameter_missing');
    }
    return out;
  }
}

/** Names in the form that Stripe knows and the sandbox leaves out, as dotted paths. */
function refuseUnimplemented(tree: FormTree, names: Set<string>, prefix = ''): void {
  for (const [key, value] of Object.entries(tree)) {
    const path = /^\d+$/.test(key) ? prefix.slice(0, -1) : prefix + key;
    if (names.has(path)) throw notImplemented(`the parameter ${path}`, path);
    if (typeof value === 'object') refuseUnimplemented(value, names, `${path}.`);
  }
}

/** Parameters of a form as the SDK’s types want them. Throws 400 for unknown ones, 501 for those that aren’t implemented. */
export function decodeParams(
  tree: FormTree,
  schema: RequestSchema,
  defs: Record<string, Schema>,
): object {
  refuseUnimplemented(tree, new Set(schema.unimplemented));
  return new Decoder(defs).decode(tree, schema.params, '') as object;
}
