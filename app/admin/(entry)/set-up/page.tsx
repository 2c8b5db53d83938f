import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthFrame } from '@/app/(auth)/_components/auth-frame';
import { currentOperator, doorOf } from '@/lib/transport/operator-page';
import { SecondFactorSetUp } from '../../_components/second-factor-set-up';

export const metadata: Metadata = { title: 'Set up an authenticator app' };

/** Where nobody works with a password alone: the one thing to do before anything else. */
export default async function SetUpPage() {
  const operator = await currentOperator();
  if (!operator) redirect('/admin/sign-in');
  if (operator.secondFactor === 'wanted') redirect(doorOf.wanted);
  return (
    <AuthFrame
      title="Set up an authenticator app"
      description="Operators sign in with a password and a code. Any app for time-based codes will do."
    >
      {/* Stays when the session has got further: it shows the recovery codes then, this once. */}
      <SecondFactorSetUp />
    </AuthFrame>
  );
}
