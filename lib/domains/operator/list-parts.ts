import { z } from 'zod';
import { blankAsAbsent } from '@/lib/kernel/blank-as-absent';

/** What every list of the console takes. */
export const page = {
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(300).optional(),
};

export const search = z
  .string()
  .max(200)
  .transform((text) => text.trim())
  .optional();

/** What a form leaves empty isn't asked for. */
export const given = <S extends z.ZodType>(schema: S) =>
  z.preprocess(blankAsAbsent, schema.optional());

/** Why an operator does something, in their own words, which stay where `kept` says. */
export const reasonKept = (kept: string) =>
  z
    .string()
    .transform((text) => text.trim())
    .pipe(
      z
        .string()
        .min(5, `Say why in a few words; it stays ${kept}.`)
        .max(500, 'At most 500 characters.'),
    );
export const reason = reasonKept('in the audit log');
