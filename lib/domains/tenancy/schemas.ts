import { z } from 'zod';
import { roles } from '@/lib/kernel/access';

export const tenantTypes = ['individual', 'small_business', 'enterprise', 'institutional'] as const;
export const tenantTypeSchema = z.enum(tenantTypes);
export type TenantType = z.infer<typeof tenantTypeSchema>;

export const tenantStatuses = ['trial', 'active', 'past_due', 'suspended', 'cancelled'] as const;
export const tenantStatusSchema = z.enum(tenantStatuses);
export type TenantStatus = z.infer<typeof tenantStatusSchema>;

/** Text a person typed as a name: trimmed, one line, without control characters. */
export const nameSchema = z
  .string()
  .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
  .pipe(
    z
      .string()
      .min(1, 'Give a name.')
      .max(100, 'A name has at most 100 characters.')
      .regex(/^[^\p{Cc}\p{Cf}<>]*$/u, 'A name can’t contain control characters, < or >.')
      // Names appear in mails to people who never asked for them.
      .regex(/^(?!.*(?::\/\/|\bwww\.))/i, 'A name can’t contain a web address.'),
  );

/** An address as it is kept: without spaces around it, in lower case. */
export const emailSchema = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .pipe(
    z
      .email('This doesn’t look like an e-mail address.')
      .max(254, 'An e-mail address has at most 254 characters.'),
  );

export const tenantDto = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  status: tenantStatusSchema,
  tenant_type: tenantTypeSchema,
  dashboard_url: z.url(),
  created_at: z.iso.datetime(),
});
export type TenantDto = z.infer<typeof tenantDto>;

export const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(100).optional(),
});
export type ListQuery = z.output<typeof listQuery>;

export const tenantPage = z.object({
  data: z.array(tenantDto),
  next_cursor: z.string().nullable(),
});
export type TenantPage = z.infer<typeof tenantPage>;

export const tenantChange = z.strictObject({
  name: nameSchema.optional(),
  tenant_type: tenantTypeSchema.optional(),
});
export type TenantChange = z.output<typeof tenantChange>;

export const memberStatuses = ['active', 'invited', 'pending'] as const;

/** A member; `invited` has yet to accept, `pending` is an owner who has yet to confirm by mail. */
export const memberDto = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(roles),
  status: z.enum(memberStatuses),
  last_seen_at: z.iso.datetime().nullable(),
});
export type MemberDto = z.infer<typeof memberDto>;

export const memberPage = z.object({
  data: z.array(memberDto),
  next_cursor: z.string().nullable(),
});
export type MemberPage = z.infer<typeof memberPage>;

export const memberChange = z.strictObject({ role: z.enum(roles) });
export type MemberChange = z.output<typeof memberChange>;

const colour = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, 'Write a colour as # and six digits, for instance #2457d6.');

/** Null goes back to the product's own colour; left out stays as it is. */
export const brandingChange = z.strictObject({
  accent: colour.nullable().optional(),
  sidebar: colour.nullable().optional(),
});
export type BrandingChange = z.output<typeof brandingChange>;

export const logoVariants = ['light', 'dark'] as const;
export const logoVariantSchema = z.enum(logoVariants);
export type LogoVariant = z.infer<typeof logoVariantSchema>;

export const tenantParams = z.object({ id: z.string() });
export const memberParams = z.object({ id: z.string() });
export const logoParams = z.object({ id: z.string(), variant: logoVariantSchema });

export const contrastFinding = z.object({
  id: z.string(),
  label: z.string(),
  ratio: z.number(),
  required: z.number(),
  pass: z.boolean(),
  message: z.string(),
});

export const brandingDto = z.object({
  accent: z.string().nullable(),
  sidebar: z.string().nullable(),
  /** Paths on any of the product's hosts. */
  logo_light: z.string().nullable(),
  logo_dark: z.string().nullable(),
  contrast: z.array(contrastFinding),
});
export type BrandingDto = z.infer<typeof brandingDto>;
