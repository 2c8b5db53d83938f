import { Badge, type Tone } from '@/components/ui/badge';
import { CodeBlock } from '@/components/ui/code-block';
import type { ReferenceOperation, Shape } from '@/lib/transport/reference';
import { FieldLine, FieldList, rules, ShapeTable, typeWords } from './shape-table';

const tones: Record<string, Tone> = {
  GET: 'info',
  POST: 'positive',
  PUT: 'warning',
  PATCH: 'warning',
  DELETE: 'negative',
};

type Props = { operation: ReferenceOperation; base: string; shapes: Record<string, Shape> };

/** One endpoint: what it takes, what it answers, how it fails, and a call to copy. */
export function Operation({ operation, base, shapes }: Props) {
  const { parameters, body, answer, formats } = operation;
  return (
    <article id={operation.id} className="scroll-mt-6 border-t border-line py-8">
      <h3 className="text-md">{operation.summary}</h3>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <Badge tone={tones[operation.method] ?? 'neutral'}>{operation.method}</Badge>
        <code className="break-all font-mono text-sm text-strong">/api/v1{operation.path}</code>
        {operation.isPublic ? <Badge>No credential needed</Badge> : null}
        {operation.scope ? <Badge>{operation.scope}</Badge> : null}
      </p>
      <div className="mt-4 grid gap-6 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-5">
          {parameters.length > 0 ? (
            <FieldList title="Parameters">
              {parameters.map((parameter) => (
                <FieldLine
                  key={`${parameter.in} ${parameter.name}`}
                  name={parameter.name}
                  type={`${parameter.in}, ${typeWords(parameter.schema ?? {}, shapes)}`}
                  rule={rules(parameter.schema ?? {}, shapes)}
                  required={parameter.required ?? false}
                  description={parameter.description ?? parameter.schema?.description}
                />
              ))}
            </FieldList>
          ) : null}
          {body ? <ShapeTable title="Body" shape={body} shapes={shapes} /> : null}
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <CodeBlock title="Call" code={curl(operation, base)} />
          {answer ? (
            <ShapeTable title={`Answer, ${operation.status}`} shape={answer} shapes={shapes} />
          ) : (
            <p className="text-sm text-muted">
              Answers {operation.status}
              {formats.length > 0 ? ` with ${formats.join(' or ')}` : ' without a body'}.
            </p>
          )}
          {answer && formats.length > 0 ? (
            <p className="text-sm text-muted">Also as {formats.join(', ')}, by Accept.</p>
          ) : null}
          <p className="break-words text-sm text-muted">{operation.errors}</p>
        </div>
      </div>
    </article>
  );
}

function curl({ method, path, isPublic, body, formats, answer }: ReferenceOperation, base: string) {
  const lines = [`curl ${method === 'GET' ? '' : `-X ${method} `}${base}${path}`];
  if (!isPublic) lines.push('-H "Authorization: Bearer $NEOZORK_API_KEY"');
  if (!answer && formats[0]) lines.push(`-H "Accept: ${formats[0]}"`);
  if (body) {
    lines.push('-H "Content-Type: application/json"');
    lines.push(`-d '${JSON.stringify(sample(body))}'`);
  }
  return lines.join(' \\\n  ');
}

/** The required fields, with a value of the right kind each. */
function sample(shape: Shape): unknown {
  if (shape.const !== undefined) return shape.const;
  if (shape.default !== undefined) return shape.default;
  if (shape.enum) return shape.enum[0];
  const choice = (shape.anyOf ?? shape.oneOf)?.[0];
  if (choice) return sample(choice);
  const type = [shape.type].flat()[0];
  if (type === 'object') {
    const fields = Object.entries(shape.properties ?? {});
    const wanted = fields.filter(([name]) => shape.required?.includes(name));
    return Object.fromEntries(wanted.map(([name, field]) => [name, sample(field)]));
  }
  if (type === 'array') return shape.items ? [sample(shape.items)] : [];
  if (type === 'integer' || type === 'number') return shape.minimum ?? 1;
  if (type === 'boolean') return true;
  return shape.format === 'email' ? 'person@example.com' : '…';
}
