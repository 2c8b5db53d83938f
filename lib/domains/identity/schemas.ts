import { z } from 'zod';
import { emailSchema, nameSchema, tenantDto } from '@/lib/domains/tenancy/schemas';
import { roles } from '@/lib/kernel/access';

/** A password to check, whatever rules it was made under. */
const givenPassword = z.string().min(1, 'Type your password.').max(1000);
const code = z.string().min(1).max(200);

export const userDto = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  email_verified: z.boolean(),
  mfa_enabled: z.boolean(),
});
export type UserDto = z.infer<typeof userDto>;

export const logInInput = z.strictObject({
  username: z.string().trim().toLowerCase().min(1, 'Type your e-mail address.').max(254),
  password: givenPassword,
  tenant_id: z.string().trim().min(1).max(100).optional(),
});
export type LogInInput = z.output<typeof logInInput>;

export const tokensDto = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.number().int(),
  refresh_token: z.string(),
});

export const logInDto = tokensDto.extend({ user: userDto, tenant: tenantDto });
export type LogInDto = z.infer<typeof logInDto>;

export const refreshInput = z.strictObject({ refresh_token: code });
export type RefreshInput = z.output<typeof refreshInput>;
export type TokensDto = z.infer<typeof tokensDto>;

export const meDto = z.object({
  user: userDto,
  /** The tenant of the credential; null for a browser signed in at the root host. */
  tenant: tenantDto.nullable(),
  role: z.enum(roles).nullable(),
  tenants: z.array(tenantDto),
});
export type MeDto = z.infer<typeof meDto>;

export const updateMeInput = z.strictObject({ name: nameSchema });
export type UpdateMeInput = z.output<typeof updateMeInput>;

export const signInInput = z.strictObject({
  email: z.string().trim().toLowerCase().min(1, 'Type your e-mail address.').max(254),
  password: givenPassword,
  /** Slug of the tenant whose host the form is on; without it the session is the root host's. */
  tenant: z.string().max(40).optional(),
});
export type SignInInput = z.output<typeof signInInput>;

export const sessionDto = z.object({
  id: z.string(),
  kind: z.enum(['browser', 'program']),
  current: z.boolean(),
  ip: z.string().nullable(),
  /** What the user agent says in words: "Chrome on macOS". */
  device: z.string().nullable(),
  user_agent: z.string().nullable(),
  created_at: z.iso.datetime(),
  last_seen_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
});
export type SessionDto = z.infer<typeof sessionDto>;

export const sessionList = z.object({ data: z.array(sessionDto), next_cursor: z.null() });
export const endSessionsQuery = z.strictObject({
  include_current: z
    .enum(['true', 'false'])
    .default('false')
    .describe('true: this session ends as well, so that the person is signed out everywhere.'),
});
export const sessionsEnded = z.object({ ended: z.number().int() });
export const sessionParams = z.object({ id: z.string() });

/** Rules for the password are checked by the verb, which knows whose it is. */
export const newPassword = z.string().min(1, 'Choose a password.').max(1000);

export const requestResetInput = z.strictObject({ email: emailSchema });
export type RequestResetInput = z.output<typeof requestResetInput>;

export const resetPasswordInput = z.strictObject({ token: code, password: newPassword });
export type ResetPasswordInput = z.output<typeof resetPasswordInput>;

export const changePasswordInput = z.strictObject({
  current_password: givenPassword,
  password: newPassword,
  end_other_sessions: z
    .boolean()
    .default(true)
    .describe('Signs every other device out; this one stays.'),
});
export type ChangePasswordInput = z.output<typeof changePasswordInput>;

export const tokenInput = z.strictObject({ token: code });

export const inviteInput = z.strictObject({ email: emailSchema, role: z.enum(roles) });
export type InviteInput = z.output<typeof inviteInput>;

/** For a new person; somebody known accepts while signed in and gives neither. */
export const acceptInvitationInput = z.strictObject({
  token: code,
  name: nameSchema.optional(),
  password: newPassword.optional(),
});
export type AcceptInvitationInput = z.output<typeof acceptInvitationInput>;

/** The mails about one overdue invoice, in their order. */
export const dunningNotices = [
  'payment_failed',
  'reminder',
  'last_call',
  'read_only',
  'suspended',
] as const;
export type DunningNotice = (typeof dunningNotices)[number];
