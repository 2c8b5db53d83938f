import { z } from 'zod';
import { sandboxInput } from '@/lib/domains/billing';
import { newPassword } from '@/lib/domains/identity';
import { emailSchema, nameSchema, tenantDto, tenantTypeSchema } from '@/lib/domains/tenancy';
import { blankAsAbsent } from '@/lib/kernel/blank-as-absent';

/** Letters and length are checked by the verb, which says what is wrong and what is free instead. */
const slugText = z.string().trim().max(200);

export const createTenantInput = z.strictObject({
  name: nameSchema,
  email: emailSchema,
  tenant_type: tenantTypeSchema,
  password: newPassword.optional(),
  slug: slugText.optional(),
  /** A tenant whose time can be moved; where payments aren't made in earnest. */
  sandbox: sandboxInput.optional(),
});
export type CreateTenantInput = z.output<typeof createTenantInput>;

export const newTenantDto = tenantDto.extend({
  setup: z.object({ token: z.string(), expires_at: z.iso.datetime() }),
});
export type NewTenantDto = z.infer<typeof newTenantDto>;

/** What the sign-up form sends; its names are the form's. */
export const signUpInput = z.strictObject({
  organisation: nameSchema,
  slug: z.preprocess(blankAsAbsent, slugText.toLowerCase().optional()),
  email: emailSchema,
  password: newPassword,
  name: z.preprocess(blankAsAbsent, nameSchema.optional()),
  tenantType: tenantTypeSchema.default('small_business'),
});
export type SignUpInput = z.output<typeof signUpInput>;

export const slugQuery = z.strictObject({ slug: slugText });
