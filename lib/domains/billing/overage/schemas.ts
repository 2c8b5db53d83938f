import type { LimitName } from '@/lib/domains/entitlements';
import { z } from 'zod';
import { moneyDto } from '../schemas';

/** Meters for which plans may have a price beyond the limit. */
export const overageMeters = ['api_calls'] as const;
export const overageMeterSchema = z.enum(overageMeters);
export type OverageMeter = (typeof overageMeters)[number];

/** Which limit of the plan each goes beyond. */
export const limitOf = { api_calls: 'api_calls_per_month' } as const satisfies Record<
  OverageMeter,
  LimitName
>;

export const overageParams = z.object({ id: z.string(), meter: overageMeterSchema });

/** What happens at the limit: calls stop, go on, or go on until the month's overage costs the budget. */
export const overageModes = ['off', 'on', 'budget'] as const;
export const overageModeSchema = z.enum(overageModes);
export type OverageMode = z.infer<typeof overageModeSchema>;

/** How a month's subscription stood at its end: it ran, had ended within the month, was on trial, paused, or there was none. */
export const standings = ['running', 'ended', 'trial', 'paused', 'none'] as const;
export type StandingWord = (typeof standings)[number];

/** A hundred thousand of the currency's units: past that, somebody typed cents. */
const MOST_BUDGET = 10_000_000;

export const setOverageInput = z
  .strictObject({
    mode: overageModeSchema,
    /** The most a calendar month's overage may cost, in minor units of the plan's currency. */
    budget: moneyDto
      .extend({ amount: z.int().min(1).max(MOST_BUDGET), currency: z.string().toLowerCase() })
      .optional(),
  })
  .refine(({ mode, budget }) => (mode === 'budget') === (budget !== undefined), {
    path: ['budget'],
    message: 'A budget goes with the mode "budget", and with no other.',
  });
export type SetOverageInput = z.infer<typeof setOverageInput>;

/** A sum as it is typed, in whole units of the currency, as minor units. */
const typedBudget = z
  .string()
  .trim()
  .regex(/^\d{1,6}([.,]\d{1,2})?$/, 'Enter an amount such as 50 or 49.90.')
  .transform((text) => Math.round(Number(text.replace(',', '.')) * 100));

/** The switch as its form sends it: the budget's field is there only where it is wanted. */
export const overageForm = z
  .object({
    meter: overageMeterSchema,
    mode: overageModeSchema,
    currency: z.string(),
    budget: typedBudget.pipe(z.int().min(1, 'The budget must be more than 0.')).optional(),
  })
  .refine(({ mode, budget }) => mode !== 'budget' || budget !== undefined, {
    path: ['budget'],
    message: 'Enter an amount such as 50 or 49.90.',
  })
  .transform(({ meter, mode, currency, budget }) => ({
    meter,
    mode,
    ...(mode === 'budget' && budget !== undefined ? { budget: { amount: budget, currency } } : {}),
  }));

const settingDto = z.object({ mode: overageModeSchema, budget: moneyDto.nullable() });

export const overageDto = z.object({
  meter: overageMeterSchema,
  ...settingDto.shape,
  /** What takes the setting's place when the next month begins; null: nothing does. */
  next: settingDto.extend({ from: z.iso.datetime() }).nullable(),
  /** For a thousand units beyond the limit; null where the plan has no such price. */
  price_per_thousand: moneyDto.nullable(),
  /** Whether units beyond the limit are let in now: switched on, and a subscription is paid for. */
  active: z.boolean(),
  used: z.number(),
  /** Units that the plan includes; null is unlimited. */
  included: z.number().nullable(),
  /** Where the month stops; null: nowhere. */
  stops_at: z.number().nullable(),
  /** What the month's overage has come to so far. */
  charge: moneyDto,
  /** Where it ends at the month's mean pace; null while too little of the month has passed. */
  projected_charge: moneyDto.nullable(),
  resets_at: z.iso.datetime(),
});
export type OverageDto = z.infer<typeof overageDto>;

export const overageList = z.object({ data: z.array(overageDto) });
