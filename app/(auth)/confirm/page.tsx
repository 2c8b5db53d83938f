import type { Metadata } from 'next';
import { TextLink } from '@/components/ui/text-link';
import { getLink } from '@/lib/domains/onboarding';
import { isDomainError } from '@/lib/kernel/errors';
import { visitorCtx } from '@/lib/transport/page-ctx';
import { AuthFrame } from '../_components/auth-frame';
import { LinkForm } from '../_components/link-form';
import { confirmAction } from './actions';

export const metadata: Metadata = { title: 'Confirm', robots: { index: false } };

const words = {
  confirm_tenant: { title: 'Confirm your organisation', label: 'Yes, it is mine' },
  reopen_tenant: { title: 'Bring your organisation back', label: 'Bring it back' },
};

export default async function ConfirmPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string }>;
}) {
  const { token = '' } = await searchParams;
  const link = await getLink(await visitorCtx(), token).catch((error: unknown) => {
    if (isDomainError(error)) return null;
    throw error;
  });
  if (!link) {
    return (
      <AuthFrame
        title="This link no longer works"
        description="It has been used already or is too old."
      >
        <TextLink href="/sign-in">Sign in</TextLink>
      </AuthFrame>
    );
  }
  const { title, label } = words[link.purpose];
  return (
    <AuthFrame title={title} description={link.tenantName}>
      <LinkForm action={confirmAction} token={token} label={label} />
    </AuthFrame>
  );
}
