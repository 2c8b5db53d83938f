import { receiveWebhook } from '@/lib/domains/billing';
import { defineInbound } from '@/lib/transport/define-inbound';

export const POST = defineInbound((info, rawBody, header) =>
  receiveWebhook(info, 'paypal', rawBody, header),
);
