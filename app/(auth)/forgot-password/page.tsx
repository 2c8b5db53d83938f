import type { Metadata } from 'next';
import { TextLink } from '@/components/ui/text-link';
import { hostSlug } from '@/lib/transport/page-ctx';
import { AuthFrame } from '../_components/auth-frame';
import { tenantLook } from '../_components/tenant-look';
import { ForgotForm } from './_components/forgot-form';

export const metadata: Metadata = { title: 'Reset your password', robots: { index: false } };

export default async function ForgotPasswordPage() {
  return (
    <AuthFrame
      title="Reset your password"
      description="We send a link that works for an hour."
      tenant={await tenantLook(await hostSlug())}
      footer={<TextLink href="/sign-in">Back to sign-in</TextLink>}
    >
      <ForgotForm />
    </AuthFrame>
  );
}
