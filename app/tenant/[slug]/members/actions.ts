'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { inviteInput, inviteMember } from '@/lib/domains/identity';
import { changeMemberRole, memberChange, removeMember } from '@/lib/domains/tenancy';
import { defineAction } from '@/lib/transport/define-action';

const refresh = () => revalidatePath('/tenant/[slug]/members', 'page');
const id = z.string().max(60);

export const inviteAction = defineAction(
  { name: 'members.invite', access: 'tenant', input: inviteInput },
  async ({ ctx, input }) => {
    const data = await inviteMember(ctx, input);
    refresh();
    return { data, message: `Invitation sent to ${input.email}` };
  },
);

export const changeRoleAction = defineAction(
  { name: 'members.change-role', access: 'tenant', input: memberChange.extend({ id }) },
  async ({ ctx, input }) => {
    const data = await changeMemberRole(ctx, input.id, { role: input.role });
    refresh();
    return { data };
  },
);

export const removeMemberAction = defineAction(
  { name: 'members.remove', access: 'tenant', input: z.strictObject({ id }) },
  async ({ ctx, input }) => {
    await removeMember(ctx, input.id);
    refresh();
    return { data: null };
  },
);
