'use server';

import { joinAsOperator, joinInput } from '@/lib/domains/operator';
import { defineOperatorAction } from '@/lib/transport/define-operator-action';
import { doorOf } from '@/lib/transport/operator-page';
import { keepOperatorSession } from '@/lib/transport/operator-session';

/** Accepts an invitation and says where to go: on, or to setting up the second factor. */
export const joinAction = defineOperatorAction(
  { name: 'operator.join', admits: null, permission: null, input: joinInput },
  async ({ ctx, input }) => {
    const { session, secondFactor } = await joinAsOperator(ctx, input);
    await keepOperatorSession(session);
    return { data: null, href: doorOf[secondFactor] };
  },
);
