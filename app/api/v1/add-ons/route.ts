import { addOnList, listAddOns } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    summary: 'List the add-ons on sale',
    tag: 'Plans',
    access: 'public',
    quotaExempt: true,
    response: addOnList,
  },
  async ({ ctx }) => ({ data: await listAddOns(ctx), next_cursor: null }),
);
