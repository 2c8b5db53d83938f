import { z } from 'zod';
import { newPassword } from '@/lib/domains/identity/schemas';
import { operatorRoles } from '@/lib/kernel/operator-access';
import { page, reason } from '../list-parts';

/** invited: hasn't chosen a password yet · active: may sign in · disabled: shut out, or never let in. */
export const operatorStatuses = ['invited', 'active', 'disabled'] as const;

export const adminOperatorQuery = z.strictObject(page);
export type AdminOperatorQuery = z.output<typeof adminOperatorQuery>;

const time = z.iso.datetime();

/** open: its link is good · expired, withdrawn: it isn't any more, and another one can be sent. */
export const invitationStates = ['open', 'expired', 'withdrawn'] as const;

export const adminOperator = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(operatorRoles),
  status: z.enum(operatorStatuses),
  /** Whether an authenticator app is set up. */
  second_factor: z.boolean(),
  /** Whether an administrator asks for one, also where the platform wouldn't. */
  second_factor_required: z.boolean(),
  last_signed_in_at: time.nullable(),
  /** The latest one; null for who has joined. */
  invitation: z
    .object({ state: z.enum(invitationStates), sent_at: time, expires_at: time })
    .nullable(),
  created_at: time,
});
export type AdminOperator = z.infer<typeof adminOperator>;

export const adminOperatorPage = z.object({
  data: z.array(adminOperator),
  next_cursor: z.string().nullable(),
});
export type AdminOperatorPage = z.infer<typeof adminOperatorPage>;

export const operatorAddBody = z.strictObject({
  email: z
    .string()
    .transform((text) => text.trim().toLowerCase())
    .pipe(z.email('Give an e-mail address such as name@example.com.').max(254)),
  name: z
    .string()
    .transform((text) => text.trim())
    .pipe(z.string().min(1, 'Give a name.').max(100, 'At most 100 characters.')),
  role: z.enum(operatorRoles),
});
export type OperatorAddBody = z.output<typeof operatorAddBody>;

const operatorId = z.string().max(60);

export const operatorIdInput = z.strictObject({ id: operatorId });
export type OperatorIdInput = z.output<typeof operatorIdInput>;

/** For what is done to an operator with a reason. */
export const operatorReasonBody = z.strictObject({ reason });
export const operatorReasonInput = operatorReasonBody.extend({ id: operatorId });
export type OperatorReasonInput = z.output<typeof operatorReasonInput>;

const change = {
  role: z.enum(operatorRoles).optional(),
  second_factor_required: z.boolean().optional(),
  reason,
};
const somethingChanges = {
  check: (body: { role?: unknown; second_factor_required?: unknown }) =>
    body.role !== undefined || body.second_factor_required !== undefined,
  fault: { path: ['role'], message: 'Say what is to change: the role, or the second factor.' },
};

export const operatorChangeBody = z
  .strictObject(change)
  .refine(somethingChanges.check, somethingChanges.fault);
export type OperatorChangeBody = z.output<typeof operatorChangeBody>;

/** The same as a form sends it. */
export const operatorChangeForm = z
  .strictObject({
    ...change,
    id: operatorId,
    second_factor_required: z
      .enum(['true', 'false'])
      .transform((text) => text === 'true')
      .optional(),
  })
  .refine(somethingChanges.check, somethingChanges.fault);
export type OperatorChangeInput = OperatorChangeBody & { id: string };

export const joinInput = z.strictObject({
  token: z.string().min(1).max(200),
  password: newPassword,
});
export type JoinInput = z.output<typeof joinInput>;
