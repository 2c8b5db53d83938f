import { z } from 'zod';

export const strategyName = z.string().trim().min(1).max(100);

/** Any object: `validateStrategy` says what is wrong with it, and where, better than a schema could. */
const definitionInput = z
  .record(z.string(), z.unknown(), { error: 'A definition is an object of the strategy language.' })
  .meta({
    id: 'StrategyDefinitionInput',
    description: 'A document of the strategy language; GET /strategies/presets has examples.',
  });

export const createStrategyInput = z
  .strictObject({
    name: strategyName.optional().describe('Defaults to the name in the definition.'),
    definition: definitionInput,
  })
  .meta({ id: 'StrategyInput' });

export type CreateStrategyInput = z.output<typeof createStrategyInput>;

export const updateStrategyInput = z
  .strictObject({
    name: strategyName.optional(),
    definition: definitionInput.optional().describe('Becomes the next version.'),
    archived: z.boolean().optional().describe('false brings an archived strategy back.'),
    expected_version: z
      .number()
      .int()
      .positive()
      .optional()
      .describe('Refuse with 409 when another version was saved meanwhile.'),
  })
  .refine(
    ({ name, definition, archived }) => [name, definition, archived].some((v) => v !== undefined),
    'Name at least one field to change.',
  )
  .meta({ id: 'StrategyChange' });

export type UpdateStrategyInput = z.output<typeof updateStrategyInput>;

export const listStrategiesQuery = z.strictObject({
  search: z.string().trim().max(100).optional(),
  archived: z.enum(['true', 'false', 'all']).default('false'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
});

export type ListStrategiesQuery = z.output<typeof listStrategiesQuery>;

const definitionOutput = z.record(z.string(), z.unknown()).meta({ id: 'StrategyDefinition' });

export const strategyDto = z
  .object({
    id: z.string(),
    name: z.string(),
    version: z.number().int(),
    definition: definitionOutput,
    created_at: z.string(),
    updated_at: z.string(),
    archived_at: z.string().nullable(),
  })
  .meta({ id: 'Strategy' });

export type StrategyDto = z.output<typeof strategyDto>;

export const strategyVersionDto = z
  .object({
    version: z.number().int(),
    definition: definitionOutput,
    created_at: z.string(),
  })
  .meta({ id: 'StrategyVersion' });

export type StrategyVersionDto = z.output<typeof strategyVersionDto>;

export const strategyPresetDto = z
  .object({
    id: z.string(),
    title: z.string(),
    description: z.string(),
    definition: definitionOutput,
  })
  .meta({ id: 'StrategyPreset' });
