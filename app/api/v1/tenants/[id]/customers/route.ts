import { inviteInput, inviteMember } from '@/lib/domains/identity';
import { listMembers, listQuery, memberDto, memberPage, tenantParams } from '@/lib/domains/tenancy';
import { defineRoute } from '@/lib/transport/define-route';

const shared = {
  tag: 'Members',
  access: 'tenant',
  tenantParam: 'id',
  params: tenantParams,
} as const;

export const GET = defineRoute(
  {
    ...shared,
    permission: 'members:read',
    summary: 'Members and open invitations',
    query: listQuery,
    response: memberPage,
  },
  ({ ctx, query }) => listMembers(ctx, query),
);

export const POST = defineRoute(
  {
    ...shared,
    permission: 'members:write',
    summary: 'Invite somebody by e-mail',
    body: inviteInput,
    response: memberDto,
    status: 201,
    errors: ['quota_exceeded', 'email_not_verified', 'already_member', 'already_invited'],
  },
  ({ ctx, body }) => inviteMember(ctx, body),
);
