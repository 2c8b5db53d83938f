import type { Metadata } from 'next';
import { AuthFrame } from '@/app/(auth)/_components/auth-frame';
import { consoleAddress } from '@/lib/transport/safe-path';
import { SignInForm } from './_components/sign-in-form';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<{ next?: string }> };

export default async function OperatorSignInPage({ searchParams }: Props) {
  const { next } = await searchParams;
  return (
    <AuthFrame
      title="Sign in as an operator"
      description="For those who run the platform. What you do and look at is written down."
      footer="Members of an organisation sign in at its own address."
    >
      <SignInForm next={next ? consoleAddress(next) : null} />
    </AuthFrame>
  );
}
