import type { Metadata } from 'next';
import { AuthFrame } from '../_components/auth-frame';
import { ResetForm } from './_components/reset-form';

export const metadata: Metadata = { title: 'Choose a password', robots: { index: false } };

export default async function ResetPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string }>;
}) {
  const { token = '' } = await searchParams;
  return (
    <AuthFrame
      title="Choose a password"
      description="Every other device is signed out when you save it."
    >
      <ResetForm token={token} />
    </AuthFrame>
  );
}
