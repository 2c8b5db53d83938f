import type { Metadata } from 'next';
import { TextLink } from '@/components/ui/text-link';
import { listPlans } from '@/lib/domains/billing';
import { rootUrl } from '@/lib/domains/tenancy';
import { visitorCtx } from '@/lib/transport/page-ctx';
import { AuthFrame } from '../_components/auth-frame';
import { SignUpForm } from './_components/sign-up-form';

export const metadata: Metadata = {
  title: 'Start a trial',
  description:
    'An account for your organisation in a minute: no card, 14 days of every Starter feature.',
};

type Props = { searchParams: Promise<{ plan?: string; cycle?: string; pay?: string }> };

export default async function SignUpPage({ searchParams }: Props) {
  const { plan, cycle, pay } = await searchParams;
  const plans = await listPlans(await visitorCtx());
  const chosen = plans.find(({ id }) => id === plan);
  return (
    <AuthFrame
      title="Create your organisation"
      description={
        chosen && pay === 'now'
          ? `You choose how to pay for ${chosen.name} in the next step.`
          : '14 days to try it. No card needed.'
      }
      footer={
        <>
          Have an account? <TextLink href="/sign-in">Sign in</TextLink>
        </>
      }
    >
      <SignUpForm
        rootHost={new URL(rootUrl('/')).host}
        wish={chosen ? { plan: chosen.id, cycle: cycle ?? 'monthly', pay: pay ?? 'trial' } : null}
      />
    </AuthFrame>
  );
}
