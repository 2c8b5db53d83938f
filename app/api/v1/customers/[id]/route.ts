import {
  changeMemberRole,
  getMember,
  memberChange,
  memberDto,
  memberParams,
  removeMember,
} from '@/lib/domains/tenancy';
import { defineRoute } from '@/lib/transport/define-route';

const shared = { tag: 'Members', access: 'tenant', params: memberParams } as const;

export const GET = defineRoute(
  {
    ...shared,
    permission: 'members:read',
    summary: 'One member or open invitation',
    response: memberDto,
  },
  ({ ctx, params }) => getMember(ctx, params.id),
);

export const PATCH = defineRoute(
  {
    ...shared,
    permission: 'members:write',
    summary: 'Give a member another role',
    body: memberChange,
    response: memberDto,
    errors: ['last_owner'],
  },
  ({ ctx, params, body }) => changeMemberRole(ctx, params.id, body),
);

export const DELETE = defineRoute(
  {
    ...shared,
    permission: { ofKeys: 'members:write' },
    summary: 'Remove a member, or take an invitation back',
    status: 204,
    errors: ['last_owner'],
  },
  ({ ctx, params }) => removeMember(ctx, params.id),
);
