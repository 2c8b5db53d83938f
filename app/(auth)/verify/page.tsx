import type { Metadata } from 'next';
import { AuthFrame } from '../_components/auth-frame';
import { LinkForm } from '../_components/link-form';
import { verifyAction } from './actions';

export const metadata: Metadata = { title: 'Confirm your e-mail', robots: { index: false } };

export default async function VerifyPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string }>;
}) {
  const { token = '' } = await searchParams;
  return (
    <AuthFrame
      title="Confirm your e-mail"
      description="One press, and you can invite people and change the branding."
    >
      <LinkForm action={verifyAction} token={token} label="Confirm my e-mail" />
    </AuthFrame>
  );
}
