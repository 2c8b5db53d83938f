'use server';

import { z } from 'zod';
import { operatorSignInInput, signInOperator } from '@/lib/domains/operator';
import { defineOperatorAction } from '@/lib/transport/define-operator-action';
import { doorOf } from '@/lib/transport/operator-page';
import { keepOperatorSession } from '@/lib/transport/operator-session';
import { consoleAddress } from '@/lib/transport/safe-path';

const input = operatorSignInInput.extend({ next: z.string().max(2000).optional() });

/** Signs in at the admin host and says where to go: on, or to the second factor. */
export const signInAction = defineOperatorAction(
  { name: 'operator.sign-in', admits: null, permission: null, input },
  async ({ ctx, input: { next, ...credentials } }) => {
    const { session, secondFactor } = await signInOperator(ctx, credentials);
    await keepOperatorSession(session);
    const href = secondFactor === 'off' ? consoleAddress(next) : doorOf[secondFactor];
    return { data: null, href };
  },
);
