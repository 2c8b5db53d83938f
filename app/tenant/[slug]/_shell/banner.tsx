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
        <div className="flex items-start gap-x-3 border-line border-b bg-warning-subtle sm:items-center px-4 py-2 text-default text-sm sm:px-6 lg:px-8">
          <MailWarning aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warning sm:mt-0" />
          <span className="flex min-w-0 flex-wrap items-baseline gap-x-3">
            <span>
              Confirm your address {person.email} with the link we mailed you. Until then you can’t
              invite others.
            </span>
            <ResendVerification />
          </span>
        </div>
      )}
      <TrialBanner notice={notice} base={base} mayPay={allows(ctx.actor, 'billing:write')} />
    </section>
  );
}
