import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthFrame } from '@/app/(auth)/_components/auth-frame';
import { TextLink } from '@/components/ui/text-link';
import { currentOperator, doorOf } from '@/lib/transport/operator-page';
import { CodeForm } from './_components/code-form';

export const metadata: Metadata = { title: 'Confirm it’s you' };

export default async function VerifyPage() {
  const operator = await currentOperator();
  if (!operator) redirect('/admin/sign-in');
  if (operator.secondFactor !== 'wanted') redirect(doorOf[operator.secondFactor]);
  return (
    <AuthFrame
      title="Confirm it’s you"
      description={`Give the code that your authenticator app shows for ${operator.email}.`}
      footer={<TextLink href="/admin/sign-in">Sign in as someone else</TextLink>}
    >
      <CodeForm />
    </AuthFrame>
  );
}
