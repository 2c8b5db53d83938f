import { conflict } from '@/lib/kernel/errors';
import { gatewayOf } from '../gateways/find-gateway';
import type { SubscriptionRow } from '../to-dto';

/** Throws 409 `gateway_sends_no_invoices` where who collects for a subscription can't change over to invoices. */
export function requireInvoices(live: SubscriptionRow): void {
  if (gatewayOf(live).startByInvoice) return;
  throw conflict(
    'gateway_sends_no_invoices',
    'Your present subscription is collected by a provider that sends no invoices. Cancel it first, then accept the quote.',
  );
}
