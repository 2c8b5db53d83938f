import { z } from 'zod';
import { moneyDto } from '../money-dto';

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
  /** What is overdue where there is no invoice to pay, `POST /subscriptions/{id}/pay` takes it; null: the open invoice says it. */
  owed: moneyDto.nullable(),
});
export type DunningDto = z.infer<typeof dunningDto>;
