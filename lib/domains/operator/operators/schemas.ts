import { z } from 'zod';
import { operatorRoles } from '@/lib/kernel/operator-access';
import { page, reason } from '../list-parts';

const operatorStatuses = ['active', 'disabled'] as const;

export const adminOperatorQuery = z.strictObject(page);
export type AdminOperatorQuery = z.output<typeof adminOperatorQuery>;

export const adminOperator = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(operatorRoles),
  status: z.enum(operatorStatuses),
  second_factor: z.boolean(),
  created_at: z.iso.datetime(),
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

/** The password is in this answer and nowhere else. */
export const addedOperator = adminOperator.extend({ initial_password: z.string() });
export type AddedOperator = z.infer<typeof addedOperator>;

export const operatorStatusBody = z.strictObject({ reason });
export const operatorStatusInput = operatorStatusBody.extend({ id: z.string().max(60) });
export type OperatorStatusInput = z.output<typeof operatorStatusInput>;
