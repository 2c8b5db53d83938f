import { CalendarClock, CircleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { BillingNotice } from '@/lib/domains/billing/notice/schemas';
import { DateTime } from '../ui/figures';
import { TimeLeft } from './time-left';

interface Words {
  urgent: boolean;
  text: ReactNode;
  /** What somebody who may pay can do about it. */
  act: string;
}

function wordsOf({ kind, ends_at }: BillingNotice): Words {
  const date = <DateTime value={ends_at} style="date" />;
  switch (kind) {
    case 'trial':
      return {
        urgent: false,
        text: (
          <>
            Trial: <TimeLeft until={ends_at} /> left.
          </>
        ),
        act: 'Choose a plan',
      };
    case 'subscription_trial':
      return {
        urgent: false,
        text: (
          <>
            Trial: <TimeLeft until={ends_at} /> left. Without a card it ends on {date}.
          </>
        ),
        act: 'Go to billing',
      };
    case 'ending':
      return {
        urgent: false,
        text: <>The subscription ends on {date} and won’t renew.</>,
        act: 'Resume it',
      };
    case 'trial_over':
      return {
        urgent: true,
        text: 'The trial is over. Everything can be read; nothing new can be started.',
        act: 'Choose a plan',
      };
    case 'ended':
      return {
        urgent: true,
        text: 'The subscription has ended. Everything can be read; nothing new can be started.',
        act: 'Choose a plan',
      };
    case 'paused':
      return {
        urgent: false,
        text: 'The subscription is paused. Everything can be read; nothing new can be started.',
        act: 'Resume it',
      };
    case 'past_due':
      return {
        urgent: true,
        text: ends_at ? (
          <>The last payment failed. Everything works until {date}; then it can only be read.</>
        ) : (
          'The last payment failed. It will be tried again; until then nothing stops.'
        ),
        act: 'Pay it',
      };
    case 'suspended':
      return {
        urgent: true,
        text: 'An operator has suspended this organisation. Billing and your account stay open, everything else is refused.',
        act: 'Go to billing',
      };
    case 'suspended_unpaid':
      return {
        urgent: true,
        text: 'This organisation is suspended because a payment is overdue. Paying it lifts that at once.',
        act: 'Pay it',
      };
    case 'unpaid':
      return {
        urgent: true,
        text: ends_at ? (
          <>A payment is overdue. Everything can only be read; from {date} it is suspended.</>
        ) : (
          'A payment is overdue. Everything can be read; nothing new can be started.'
        ),
        act: 'Settle it',
      };
  }
}

/** One line across the top of every page while a trial or a payment needs somebody; else nothing. */
export function TrialBanner({
  notice,
  base,
  mayPay,
}: {
  notice: BillingNotice | null;
  base: string;
  mayPay: boolean;
}) {
  if (!notice) return null;
  const { urgent, text, act } = wordsOf(notice);
  const Icon = urgent ? CircleAlert : CalendarClock;
  return (
    <div
      className={`flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-2 text-default text-sm sm:px-6 lg:px-8 ${urgent ? 'bg-warning-subtle' : 'bg-panel'}`}
    >
      <Icon
        aria-hidden="true"
        className={`size-4 shrink-0 ${urgent ? 'text-warning' : 'text-muted'}`}
      />
      <span className="min-w-0">{text}</span>
      {mayPay ? (
        <Link
          href={`${base}/billing`}
          className="font-medium text-accent-text underline-offset-4 hover:underline"
        >
          {act}
        </Link>
      ) : null}
    </div>
  );
}
