import { MailWarning } from 'lucide-react';
import { TrialBanner } from '@/components/billing/trial-banner';
import { getBillingNotice } from '@/lib/domains/billing';
import { allows } from '@/lib/kernel/ctx';
import type { PageCtx } from '@/lib/transport/page-ctx';
import { ResendVerification } from './resend-verification';

/** What stands across the top of every page: an unconfirmed address, a trial or payment that needs somebody. */
export async function Banner({ ctx, person, base }: Pick<PageCtx, 'ctx' | 'person' | 'base'>) {
  const notice = await getBillingNotice(ctx);
  if (person.emailVerified && !notice) return null;
  return (
    <section aria-label="Notices">
      {person.emailVerified ? null : (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-warning-subtle px-4 py-2 text-default text-sm sm:px-6 lg:px-8">
          <MailWarning aria-hidden="true" className="size-4 shrink-0 text-warning" />
          <span className="min-w-0">
            Confirm your address {person.email} with the link we mailed you. Until then you can’t
            invite others.
          </span>
          <ResendVerification />
        </div>
      )}
      <TrialBanner notice={notice} base={base} mayPay={allows(ctx.actor, 'billing:write')} />
    </section>
  );
}
