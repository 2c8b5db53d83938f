import { z } from 'zod';

export const auditQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(100).optional(),
  action: z
    .string()
    .max(100)
    .regex(/^[a-z_]+(\.[a-z_]+)?$/, 'An action looks like `strategy.created` or `strategy`.')
    .optional(),
});
export type AuditQuery = z.output<typeof auditQuery>;

export const auditEventDto = z.object({
  id: z.string(),
  action: z.string(),
  actor: z.object({
    kind: z.enum(['member', 'apiKey', 'setup', 'operator', 'job', 'webhook']),
    id: z.string(),
    name: z.string().nullable(),
  }),
  object: z.object({ type: z.string(), id: z.string() }),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  ip: z.string().nullable(),
  request_id: z.string(),
  at: z.iso.datetime(),
});
export type AuditEventDto = z.infer<typeof auditEventDto>;

export const auditPage = z.object({
  data: z.array(auditEventDto),
  next_cursor: z.string().nullable(),
});
export type AuditPage = z.infer<typeof auditPage>;
