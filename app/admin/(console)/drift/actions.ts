'use server';

import { revalidatePath } from 'next/cache';
import { driftHealInput, healFoundDrift } from '@/lib/domains/operator';
import { defineOperatorAction } from '@/lib/transport/define-operator-action';

/** Ends one difference, the very one that was looked at. */
export const healDriftAction = defineOperatorAction(
  {
    name: 'drift.heal',
    admits: ['proved', 'off'],
    permission: 'money:write',
    input: driftHealInput,
  },
  async ({ ctx, input }) => {
    await healFoundDrift(ctx, input);
    revalidatePath('/admin/drift', 'page');
    return { data: null, message: 'Both sides say the same, or the difference is accepted' };
  },
);
