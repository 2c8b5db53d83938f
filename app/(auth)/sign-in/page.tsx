import type { Metadata } from 'next';
import { Callout } from '@/components/ui/callout';
import { TextLink } from '@/components/ui/text-link';
import { rootUrl } from '@/lib/domains/tenancy';
import { hostSlug } from '@/lib/transport/page-ctx';
import { safePath } from '@/lib/transport/safe-path';
import { AuthFrame } from '../_components/auth-frame';
import { tenantLook } from '../_components/tenant-look';
import { SignInForm } from './_components/sign-in-form';

export const metadata: Metadata = { title: 'Sign in', robots: { index: false } };

type Props = { searchParams: Promise<{ tenant?: string; next?: string; notice?: string }> };

const notices: Record<string, string> = {
  verified: 'Your e-mail address is confirmed. Sign in to go on.',
  reset: 'Your password is changed and every session ended. Sign in with the new one.',
  handover:
    'Sign in again: that link was used, is older than a minute, or was made for another browser.',
};

export default async function SignInPage({ searchParams }: Props) {
  const { tenant: named, next, notice } = await searchParams;
  const onHost = await hostSlug();
  const wanted = onHost ?? named ?? null;
  const tenant = await tenantLook(wanted);
  return (
    <AuthFrame
      title={tenant ? `Sign in to ${tenant.name}` : 'Sign in'}
      tenant={tenant}
      footer={
        tenant ? (
          'No account yet? Ask an owner or admin of the organisation for an invitation.'
        ) : (
          <>
            New here?{' '}
            <TextLink href={onHost ? rootUrl('/sign-up') : '/sign-up'}>Start a trial</TextLink>
          </>
        )
      }
    >
      {wanted !== null && !tenant ? (
        <Callout tone="warning" title="No organisation has this address" className="mb-5">
          “{wanted}” may have a slip in it. Sign in, and you come to an organisation you belong to.
        </Callout>
      ) : null}
      <SignInForm
        tenant={onHost && tenant ? tenant.slug : null}
        next={next ? safePath(next) : null}
        notice={notices[notice ?? ''] ?? null}
      />
    </AuthFrame>
  );
}
