import { z } from 'zod';
import { gatewaySchema, subscriptionStatuses } from '@/lib/domains/billing/schemas';
import { travelInput } from '@/lib/domains/billing/time-travel/schemas';
import { billingCycles, planIdSchema } from '@/lib/domains/entitlements/schemas';
import { tenantStatusSchema, tenantTypeSchema } from '@/lib/domains/tenancy/schemas';
import { given, page, reason, search } from './list-parts';

export const operatorSignInInput = z.strictObject({
  email: z
    .string()
    .transform((text) => text.trim().toLowerCase())
    .pipe(z.string().min(1, 'Give your e-mail address.').max(254)),
  password: z.string().min(1, 'Give your password.').max(200),
});
export type OperatorSignInInput = z.output<typeof operatorSignInInput>;

export const codeInput = z.strictObject({
  code: z.string().min(1, 'Give the code.').max(40),
});

export type SecondFactorState = {
  confirmed_at: string | null;
  recovery_codes_left: number;
  /** Whether it can't be turned off: the platform or an administrator asks for it. */
  needed: boolean;
};
export type SecondFactorSetup = { secret: string; qr_svg: string };

const count = z.int().min(0);
const time = z.iso.datetime();

export const adminStats = z.object({
  tenants: z.object({
    total: count,
    by_status: z.record(tenantStatusSchema, count),
    new_30_days: count,
  }),
  subscriptions: z.object({
    live: count,
    by_status: z.record(z.enum(subscriptionStatuses), count),
    by_plan: z.array(z.object({ plan_id: z.string(), live: count })),
  }),
  invoices: z.object({
    open: count,
    open_due: z.array(z.object({ amount: z.int(), currency: z.string() })),
  }),
  people: count,
  /** Subscriptions and invoices that differ from their payment provider. */
  drift: count,
  webhooks: z.object({ waiting: count, failing: count, received_24_hours: count }),
  as_of: time,
});
export type AdminStats = z.infer<typeof adminStats>;

export const adminTenantQuery = z.strictObject({
  ...page,
  search,
  status: given(tenantStatusSchema),
  plan: given(planIdSchema),
});
export type AdminTenantQuery = z.output<typeof adminTenantQuery>;

export const adminTenant = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  status: tenantStatusSchema,
  tenant_type: tenantTypeSchema,
  /** The plan whose rights it has. */
  plan_id: z.string().nullable(),
  members: count,
  subscription_status: z.enum(subscriptionStatuses).nullable(),
  trial_ends_at: time,
  created_at: time,
  deleted_at: time.nullable(),
  /** Suspended by an operator since. */
  held_at: time.nullable(),
});
export type AdminTenant = z.infer<typeof adminTenant>;

export const adminTenantPage = z.object({
  data: z.array(adminTenant),
  next_cursor: z.string().nullable(),
});
export type AdminTenantPage = z.infer<typeof adminTenantPage>;

export const adminSubscriptionQuery = z.strictObject({
  ...page,
  search,
  status: given(z.enum(subscriptionStatuses)),
  plan: given(planIdSchema),
  gateway: given(gatewaySchema),
});
export type AdminSubscriptionQuery = z.output<typeof adminSubscriptionQuery>;

export const adminSubscription = z.object({
  id: z.string(),
  tenant: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  status: z.enum(subscriptionStatuses),
  plan_id: z.string(),
  plan_version: z.int(),
  billing_cycle: z.enum(billingCycles),
  gateway: gatewaySchema,
  provider_id: z.string().nullable(),
  provider_status: z.string().nullable(),
  trial_ends_at: time.nullable(),
  current_period_start: time.nullable(),
  current_period_end: time.nullable(),
  cancel_at: time.nullable(),
  created_at: time,
});
export type AdminSubscription = z.infer<typeof adminSubscription>;

export const adminSubscriptionPage = z.object({
  data: z.array(adminSubscription),
  next_cursor: z.string().nullable(),
});
export type AdminSubscriptionPage = z.infer<typeof adminSubscriptionPage>;

/**
 * `waiting`: not dealt with yet. `failing`: tried, and the last try ended in an error. `queued`: passed on to
 * whoever brings that tenant's billing up to date. `ignored`: nobody's.
 */
export const webhookStates = ['waiting', 'failing', 'queued', 'ignored'] as const;
export type WebhookState = (typeof webhookStates)[number];

export const adminWebhookQuery = z.strictObject({
  ...page,
  search,
  state: given(z.enum(webhookStates)),
  provider: given(gatewaySchema),
});
export type AdminWebhookQuery = z.output<typeof adminWebhookQuery>;

export const adminWebhook = z.object({
  provider: z.string(),
  event_id: z.string(),
  type: z.string(),
  state: z.string(),
  attempts: count,
  last_error: z.string().nullable(),
  received_at: time,
  processed_at: time.nullable(),
});
export type AdminWebhook = z.infer<typeof adminWebhook>;

export const adminWebhookPage = z.object({
  data: z.array(adminWebhook),
  next_cursor: z.string().nullable(),
});
export type AdminWebhookPage = z.infer<typeof adminWebhookPage>;

export type AdminWebhookDetail = AdminWebhook & { body: unknown };

export const tenantClockInput = travelInput.extend({ id: z.string().max(60) });
export type TenantClockInput = z.output<typeof tenantClockInput>;

/** `slug` is typed by hand, so that nobody meets the wrong tenant. */
export const tenantHoldInput = z.strictObject({
  id: z.string().max(60),
  slug: z.string().max(60),
  reason,
});
export type TenantHoldInput = z.output<typeof tenantHoldInput>;

export const webhookReplayInput = z.strictObject({
  provider: gatewaySchema,
  event_id: z.string().min(1).max(255),
});
export type WebhookReplayInput = z.output<typeof webhookReplayInput>;

export const platformAuditQuery = z.strictObject({
  ...page,
  /** Also what was only looked at. */
  looks: given(z.literal('all')),
});
export type PlatformAuditQuery = z.output<typeof platformAuditQuery>;

export const platformAuditRow = z.object({
  id: z.string(),
  action: z.string(),
  /** Null where nobody was signed in, as for a sign-in that was refused. */
  operator: z.object({ id: z.string(), email: z.string(), role: z.string() }).nullable(),
  /** With the address, where it is an operator. */
  object: z.object({ type: z.string(), id: z.string(), email: z.string().nullable() }),
  tenant: z.object({ id: z.string(), slug: z.string(), name: z.string() }).nullable(),
  reason: z.string().nullable(),
  ip: z.string().nullable(),
  request_id: z.string(),
  at: time,
});
export type PlatformAuditRow = z.infer<typeof platformAuditRow>;

export const platformAuditPage = z.object({
  data: z.array(platformAuditRow),
  next_cursor: z.string().nullable(),
});
