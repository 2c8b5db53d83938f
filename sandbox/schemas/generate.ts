import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ts } from '@ts-morph/common';
import { type Json, SchemaWriter } from '@/sandbox/schemas/json-schema';
import { type Endpoint, readSdk, type Sdk } from '@/sandbox/schemas/sdk-endpoints';
import { summariseRecordings } from '@/sandbox/schemas/summarise-recordings';
import { routes } from '@/sandbox/stripe/routes';

/** Objects that live inside others and have no endpoint of their own here. */
const EMBEDDED = ['plan', 'discount', 'line_item', 'item', 'credit_note_line_item'];

function endpointOf(sdk: Sdk, signature: string): Endpoint {
  const endpoint = sdk.endpoints.get(signature);
  if (!endpoint) throw new Error(`The SDK has no endpoint ${signature}`);
  return endpoint;
}

function requests(sdk: Sdk): Json {
  const writer = new SchemaWriter(sdk.checker, true, () => true);
  const entries = routes.map((route) => {
    const signature = `${route.method} ${route.path}`;
    const params: ts.Type | undefined = endpointOf(sdk, signature).params;
    const accepts = [...route.accepts, 'expand'];
    if (!params)
      return [
        signature,
        {
          params: { type: 'object', properties: {}, additionalProperties: false },
          unimplemented: [],
        },
      ] as const;
    const names = new Set(sdk.checker.getPropertiesOfType(params).map((each) => each.name));
    const unknown = route.accepts.filter((name) => !names.has(name.split('.')[0] ?? ''));
    if (unknown.length)
      throw new Error(`${signature} accepts ${unknown.join(', ')}, which Stripe does not`);
    return [
      signature,
      { params: writer.object(params, accepts), unimplemented: writer.leftOut(params, accepts) },
    ] as const;
  });
  const known = [...sdk.known].filter((each) => each.includes(' /v1/')).sort();
  return { $defs: writer.defs, requests: Object.fromEntries(entries), known };
}

function responses(sdk: Sdk): Json {
  const probe = new SchemaWriter(sdk.checker, false, () => false);
  const implemented = new Set(EMBEDDED);
  for (const route of routes) {
    const { answer } = endpointOf(sdk, `${route.method} ${route.path}`);
    for (const each of answer.isUnion() ? answer.types : [answer]) {
      const object = probe.objectOf(each);
      if (object) implemented.add(object);
    }
  }
  const writer = new SchemaWriter(sdk.checker, false, (object) => implemented.has(object));
  const entries = routes.map((route) => {
    const signature = `${route.method} ${route.path}`;
    const { answer, list } = endpointOf(sdk, signature);
    const one = writer.write(answer);
    const page = {
      type: 'object',
      properties: {
        object: { enum: ['list'] },
        data: { type: 'array', items: one },
        has_more: { type: 'boolean' },
        url: { type: 'string' },
      },
      required: ['object', 'data', 'has_more', 'url'],
      additionalProperties: false,
    };
    return [signature, list ? page : one];
  });
  const events = [...sdk.events]
    .sort(([a], [b]) => a.localeCompare(b))
    .flatMap(([type, event]) => {
      const data = sdk.checker.getTypeOfSymbol(event.getProperty('data') as ts.Symbol);
      const object = sdk.checker.getTypeOfSymbol(data.getProperty('object') as ts.Symbol);
      const name = probe.objectOf(object);
      return name && implemented.has(name) ? [[type, writer.write(object)]] : [];
    });
  const base = writer.write([...sdk.events.values()][0]?.getBaseTypes()?.[0] as ts.Type);
  return {
    $defs: writer.defs,
    responses: Object.fromEntries(entries),
    events: Object.fromEntries(events),
    event: base,
  };
}

/** One definition a line: small enough to keep, and a change of the SDK shows as a change of few lines. */
function compact(document: Json): string {
  const groups = Object.entries(document).map(([key, value]) => {
    if (Array.isArray(value))
      return `${JSON.stringify(key)}: [\n${value.map((each) => JSON.stringify(each)).join(',\n')}\n]`;
    const lines = Object.entries(value as Json)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => `${JSON.stringify(name)}: ${JSON.stringify(each)}`);
    return `${JSON.stringify(key)}: {\n${lines.join(',\n')}\n}`;
  });
  return `{\n${groups.join(',\n')}\n}\n`;
}

/** The text of each generated file by its name. Takes some seconds: it type-checks the SDK's declarations. */
export function generateSchemas(): Record<'requests.json' | 'responses.json', string> {
  const sdk = readSdk();
  return { 'requests.json': compact(requests(sdk)), 'responses.json': compact(responses(sdk)) };
}

// Usage: npx tsx sandbox/schemas/generate.ts [recorded-exchanges.ndjson]
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'generated');
  for (const [name, text] of Object.entries(generateSchemas()))
    writeFileSync(path.join(folder, name), text);
  const recordings = process.argv[2];
  if (recordings)
    writeFileSync(
      path.join(folder, 'recorded-shapes.json'),
      summariseRecordings(readFileSync(recordings, 'utf8')),
    );
}
