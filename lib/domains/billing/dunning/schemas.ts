import { z } from 'zod';

/** How far an overdue payment has led: rights stay, then reading stays, then nothing but billing. */
export const dunningStages = ['none', 'retrying', 'read_only', 'suspended'] as const;
export type DunningStage = (typeof dunningStages)[number];

export const dunningDto = z.object({
  stage: z.enum(dunningStages).exclude(['none']),
  /** When the payment failed first. */
  since: z.iso.datetime(),
  /** From when on everything can only be read, unless it is paid. */
  read_only_at: z.iso.datetime(),
  /** From when on the organisation is suspended, unless it is paid. */
  suspended_at: z.iso.datetime(),
});
export type DunningDto = z.infer<typeof dunningDto>;
