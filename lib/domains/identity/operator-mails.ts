import { z } from 'zod';

const about = { to: z.email(), link: z.url() };

/** Mails to those who run the platform; their accounts are no person's. */
export const operatorMails = [
  z.object({
    template: z.literal('operator_invitation'),
    ...about,
    name: z.string(),
    inviter: z.string(),
    role: z.string(),
  }),
  z.object({
    template: z.literal('operator_new_password'),
    ...about,
    name: z.string(),
    /** Who has the password chosen anew. */
    sender: z.string(),
  }),
  z.object({
    template: z.literal('operator_notice'),
    ...about,
    news: z.enum(['password_changed', 'second_factor_off', 'second_factor_forgotten']),
  }),
] as const;
