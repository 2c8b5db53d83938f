import { z } from 'zod';

/**
 * An expression of the language: a number, a truth value, a name (`close`, `$fast`, `f`, `m.signal`)
 * or one operator or indicator with its operands. docs/strategy-language.md lists them.
 */
export type Expression =
  | number
  | boolean
  | string
  | { readonly [operator: string]: Expression | readonly Expression[] };

// Checked by analyseDefinition, which knows names, arity and types and says where a fault lies;
// a recursive schema would only answer "invalid union".
const expression = z.unknown().meta({
  id: 'StrategyExpression',
  description:
    'A number, a name (open, high, low, close, volume, $param, an indicator or indicator.output) ' +
    'or an object with one operator and its operands, such as {"crosses_above": ["f", "s"]}.',
}) as unknown as z.ZodType<Expression>;

const nameText = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_]{0,31}$/,
    'A name starts with a letter and has up to 32 letters, digits and underscores.',
  );

const paramSchema = z.strictObject({
  default: z.number(),
  min: z.number(),
  max: z.number(),
  /** Distance between the values an optimisation tries. */
  step: z.number().positive().optional(),
});

/** A number or the name of a parameter (`"$size"`); which of them exist, analyseDefinition knows. */
const scalar = z.union([z.number(), z.string()]);

/** The outline alone; `strategyDefinitionSchema` adds everything that spans fields. */
export const definitionShape = z.strictObject({
  name: z.string().trim().min(1).max(100),
  description: z.string().trim().max(1_000).optional(),
  params: z.record(nameText, paramSchema).default({}),
  indicators: z.record(nameText, expression).default({}),
  entry: z.strictObject({ long: expression.optional(), short: expression.optional() }),
  exit: z
    .strictObject({
      on_opposite_entry: z.boolean().default(true),
      long: expression.optional(),
      short: expression.optional(),
      after_bars: scalar.nullable().default(null),
    })
    .prefault({}),
  size: z
    .strictObject({
      fraction_of_equity: scalar.default(1),
      whole_units: z.boolean().default(true),
    })
    .prefault({}),
  protect: z
    .strictObject({
      stop_loss_pct: scalar.nullable().default(null),
      take_profit_pct: scalar.nullable().default(null),
      trailing_stop_pct: scalar.nullable().default(null),
    })
    .prefault({}),
});

/** A valid document with every default filled in. */
export type StrategyDefinition = z.output<typeof definitionShape>;

export type StrategyParam = z.output<typeof paramSchema>;
