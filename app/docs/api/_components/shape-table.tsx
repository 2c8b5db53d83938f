import type { ReactNode } from 'react';
import type { Shape } from '@/lib/transport/reference';

type Shapes = Record<string, Shape>;

/** How deep fields of fields are listed; below that the OpenAPI document tells. */
const DEEPEST = 3;

const follow = (shape: Shape, shapes: Shapes): Shape =>
  shape.$ref ? (shapes[shape.$ref.split('/').at(-1) ?? ''] ?? shape) : shape;

/** "string", "integer or null", "one of a, b", "list of object". */
export function typeWords(given: Shape, shapes: Shapes): string {
  const shape = follow(given, shapes);
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  if (shape.enum) return shape.enum.map(String).join(' | ');
  const choices = shape.anyOf ?? shape.oneOf;
  if (choices) return [...new Set(choices.map((one) => typeWords(one, shapes)))].join(' or ');
  const types = [shape.type ?? 'any'].flat();
  const words = types.map((type) =>
    type === 'array' && shape.items ? `list of ${typeWords(shape.items, shapes)}` : type,
  );
  return words.join(' or ') + (shape.format ? `, ${shape.format}` : '');
}

/** Bounds and default, where there are any. */
export function rules(given: Shape, shapes: Shapes): string {
  const shape = follow(given, shapes);
  const bounds = [
    shape.default === undefined ? null : `default ${JSON.stringify(shape.default)}`,
    shape.minimum === undefined || shape.minimum <= -1e15 ? null : `from ${shape.minimum}`,
    shape.maximum === undefined || shape.maximum >= 1e15 ? null : `to ${shape.maximum}`,
    shape.maxLength === undefined ? null : `up to ${shape.maxLength} characters`,
    shape.maxItems === undefined ? null : `up to ${shape.maxItems} items`,
  ];
  return bounds.filter((bound) => bound !== null).join(', ');
}

type Line = { name: string; shape: Shape; required: boolean };

function linesOf(given: Shape, shapes: Shapes, prefix = '', depth = 0): Line[] {
  const shape = follow(given, shapes);
  const object = shape.type === 'array' && shape.items ? follow(shape.items, shapes) : shape;
  if (!object.properties || depth >= DEEPEST) return [];
  const within = shape.type === 'array' ? `${prefix}[]` : prefix;
  return Object.entries(object.properties).flatMap(([key, field]) => {
    const name = within ? `${within}.${key}` : key;
    const required = object.required?.includes(key) ?? false;
    return [{ name, shape: field, required }, ...linesOf(field, shapes, name, depth + 1)];
  });
}

/** The fields of a body or an answer. */
export function ShapeTable({
  title,
  shape,
  shapes,
}: {
  title: string;
  shape: Shape;
  shapes: Shapes;
}) {
  const lines = linesOf(shape, shapes);
  if (lines.length === 0) {
    return (
      <FieldList title={title}>
        <li className="px-4 py-2 font-mono text-sm text-muted">{typeWords(shape, shapes)}</li>
      </FieldList>
    );
  }
  return (
    <FieldList title={title}>
      {lines.map(({ name, shape: field, required }) => (
        <FieldLine
          key={name}
          name={name}
          type={typeWords(field, shapes)}
          rule={rules(field, shapes)}
          required={required}
          description={field.description}
        />
      ))}
    </FieldList>
  );
}

export function FieldList({
  title,
  level = 4,
  children,
}: {
  title: string;
  /** Heading level in the page's outline. */
  level?: 2 | 4;
  children: ReactNode;
}) {
  const Heading = `h${level}` as const;
  return (
    <section className="min-w-0">
      <Heading className="mb-1.5 text-sm font-medium text-strong">{title}</Heading>
      <ul className="divide-y divide-line overflow-hidden rounded-md border border-line bg-panel">
        {children}
      </ul>
    </section>
  );
}

export function FieldLine(field: {
  name: string;
  type: string;
  rule: string;
  required: boolean;
  description?: string | undefined;
  /** Makes the line a target of links. */
  anchor?: string;
}) {
  return (
    <li id={field.anchor} className="scroll-mt-6 px-4 py-2 target:bg-accent-subtle">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <code className="break-all font-mono text-sm font-medium text-strong">{field.name}</code>
        <span className="break-words text-sm text-muted">{field.type}</span>
        {field.required ? <span className="text-xs font-medium text-warning">required</span> : null}
        {field.rule ? <span className="text-xs text-muted">{field.rule}</span> : null}
      </p>
      {field.description ? <p className="text-sm text-default">{field.description}</p> : null}
    </li>
  );
}
