import {
  billingDetailsDto,
  billingDetailsInput,
  getBillingDetails,
  setBillingDetails,
} from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

const shared = {
  tag: 'Subscriptions',
  access: 'tenant',
  tenantParam: 'id',
  quotaExempt: true,
  whileSuspended: true,
  response: billingDetailsDto,
} as const;

export const GET = defineRoute(
  {
    ...shared,
    permission: 'billing:read',
    summary: 'Who invoices are made out to: company, address, tax ids',
  },
  ({ ctx }) => getBillingDetails(ctx),
);

export const PUT = defineRoute(
  {
    ...shared,
    permission: 'billing:write',
    summary: 'Set who invoices are made out to from now on',
    body: billingDetailsInput,
    errors: ['tax_id_invalid', 'provider_refused'],
  },
  ({ ctx, body }) => setBillingDetails(ctx, body),
);
