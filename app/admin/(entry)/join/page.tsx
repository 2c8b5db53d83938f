import type { Metadata } from 'next';
import { AuthFrame } from '@/app/(auth)/_components/auth-frame';
import { TextLink } from '@/components/ui/text-link';
import { getOperatorInvitation } from '@/lib/domains/operator';
import { isDomainError } from '@/lib/kernel/errors';
import { currentOperator } from '@/lib/transport/operator-page';
import { visitorCtx } from '@/lib/transport/page-ctx';
import { operatorRoleWords } from '../../_components/status-words';
import { JoinForm } from './_components/join-form';

export const metadata: Metadata = { title: 'Join the operators' };

type Props = { searchParams: Promise<{ token?: string | string[] }> };

/** Behind the link of an invitation: opening it uses nothing up, for mail scanners open links too. */
export default async function JoinPage({ searchParams }: Props) {
  // There is such a page at the admin host alone.
  await currentOperator();
  const { token } = await searchParams;
  const info = await visitorCtx();
  const invitation = await getOperatorInvitation(info, String(token ?? '')).catch(
    (error: unknown) => {
      if (isDomainError(error)) return error;
      throw error;
    },
  );
  if (isDomainError(invitation)) {
    return (
      <AuthFrame title="This link doesn’t work" description={invitation.detail}>
        <TextLink href="/admin/sign-in">Sign in as an operator</TextLink>
      </AuthFrame>
    );
  }
  const { email, name, role } = invitation;
  return (
    <AuthFrame
      title={name ? `Choose a password, ${name}` : 'Choose a password'}
      description={
        <>
          You run NeoZork with the role {operatorRoleWords[role]}, and sign in as{' '}
          <span className="break-all">{email}</span>.
        </>
      }
      footer="Nobody but you gets to know the password."
    >
      <JoinForm token={String(token)} email={email} />
    </AuthFrame>
  );
}
