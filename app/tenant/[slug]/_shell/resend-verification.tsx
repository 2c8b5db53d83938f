'use client';

import { useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { resendVerificationAction } from './actions';

export function ResendVerification() {
  const [pending, start] = useTransition();
  const send = () =>
    start(async () => {
      const outcome = await resendVerificationAction(null, new FormData());
      if (outcome.ok) toast.success('The link is on its way');
      else toast.error(outcome.problem.detail);
    });
  return (
    <Button variant="link" pending={pending} onClick={send}>
      Send it again
    </Button>
  );
}
