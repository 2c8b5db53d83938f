'use client';

import { UpgradeCallout } from '@/components/patterns/upgrade-callout';
import { Callout } from '@/components/ui/callout';
import type { Seats } from '@/lib/domains/tenancy';
import { ResendVerification } from '../../_shell/resend-verification';

/** Whether there is room for another member, and whether the inviter may. */
export interface Inviting {
  seats: Seats;
  /** The inviter's own address while it isn't confirmed. */
  unconfirmed: string | null;
}

/** What keeps somebody from inviting, and the way past it: first the own address, then the seats. */
export function InviteObstacle({ seats, unconfirmed }: Inviting) {
  if (unconfirmed !== null) {
    return (
      <Callout
        tone="warning"
        title="Confirm your own e-mail first"
        actions={<ResendVerification />}
      >
        We mailed a link to {unconfirmed}. Open it, then you can invite others.
      </Callout>
    );
  }
  const { subscribed, used, limit, liftedBy } = seats;
  if (!subscribed) {
    return (
      <Callout tone="warning" title="The trial or subscription is over">
        Choose a plan under Billing, then you can invite others.
      </Callout>
    );
  }
  const taken = `Your plan includes ${limit} ${limit === 1 ? 'seat' : 'seats'}; ${used} ${used === 1 ? 'is' : 'are'} taken, open invitations included.`;
  if (!liftedBy) {
    return (
      <Callout tone="warning" title="All seats are taken">
        {taken} Remove somebody or take an invitation back to invite another.
      </Callout>
    );
  }
  return (
    <UpgradeCallout
      stopped
      plan={liftedBy.id}
      planName={liftedBy.name}
      title="All seats are taken"
      message={`${taken} ${liftedBy.name} has more.`}
    />
  );
}
