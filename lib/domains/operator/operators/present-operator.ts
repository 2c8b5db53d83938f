import type { Prisma } from '@/lib/infra/db';
import { publicId } from '@/lib/kernel/ids';
import { type AdminOperator, adminOperator } from './schemas';

/** What is read of an operator to show them: with the invitation that was sent last. */
export const withInvitation = {
  invitations: { orderBy: { id: 'desc' }, take: 1 },
} as const satisfies Prisma.PlatformOperatorInclude;

type Row = Prisma.PlatformOperatorGetPayload<{ include: typeof withInvitation }>;
type Invitation = Row['invitations'][number];

function invitationState({ withdrawnAt, expiresAt }: Invitation, now: Date) {
  if (withdrawnAt) return 'withdrawn';
  return expiresAt > now ? 'open' : 'expired';
}

const presentInvitation = (invitation: Invitation | undefined, now: Date) =>
  invitation && !invitation.acceptedAt
    ? {
        state: invitationState(invitation, now),
        sent_at: invitation.createdAt.toISOString(),
        expires_at: invitation.expiresAt.toISOString(),
      }
    : null;

/** An operator as administrators see them; never a secret. */
export const presentOperator = (row: Row, now: Date): AdminOperator =>
  adminOperator.parse({
    id: publicId('operator', row.id),
    email: row.email,
    name: row.name,
    role: row.role,
    status: row.status,
    second_factor: row.totpConfirmedAt !== null,
    second_factor_required: row.secondFactorRequired,
    last_signed_in_at: row.lastSignedInAt?.toISOString() ?? null,
    invitation: presentInvitation(row.invitations[0], now),
    created_at: row.createdAt.toISOString(),
  });
