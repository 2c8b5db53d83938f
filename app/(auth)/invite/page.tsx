import type { Metadata } from 'next';
import { TextLink } from '@/components/ui/text-link';
import { getInvitation } from '@/lib/domains/identity';
import { isDomainError } from '@/lib/kernel/errors';
import { currentPerson, visitorCtx } from '@/lib/transport/page-ctx';
import { AuthFrame } from '../_components/auth-frame';
import { tenantLook } from '../_components/tenant-look';
import { InviteForm } from './_components/invite-form';

export const metadata: Metadata = { title: 'Join an organisation', robots: { index: false } };

export default async function InvitePage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string }>;
}) {
  const { token = '' } = await searchParams;
  const info = await visitorCtx();
  const invitation = await getInvitation(info, token).catch((error: unknown) => {
    if (isDomainError(error)) return null;
    throw error;
  });
  if (!invitation) {
    return (
      <AuthFrame
        title="This invitation no longer works"
        description="It was used, withdrawn, or is too old. Ask for a new one."
      >
        <TextLink href="/sign-in">Sign in</TextLink>
      </AuthFrame>
    );
  }
  const person = await currentPerson();
  const { tenantName, tenantSlug, email, role, known } = invitation;
  const here = `/invite?token=${encodeURIComponent(token)}`;
  return (
    <AuthFrame
      title={`Join ${tenantName}`}
      description={`You are invited as ${role}, with the address ${email}.`}
      tenant={await tenantLook(tenantSlug)}
    >
      {known && !person ? (
        <p className="text-base text-default">
          <TextLink href={`/sign-in?next=${encodeURIComponent(here)}`}>Sign in as {email}</TextLink>{' '}
          to accept it.
        </p>
      ) : (
        <InviteForm token={token} fresh={!known} />
      )}
    </AuthFrame>
  );
}
