'use client';

import { QuotaMeter } from '@/components/patterns/quota-meter';
import { useShellHref } from '@/components/patterns/shell/shell-context';
import { Callout } from '@/components/ui/callout';
import { DateTime } from '@/components/ui/figures';
import { LinkButton } from '@/components/ui/link-button';
import type { BacktestQuota } from '@/lib/domains/trading/backtests/schemas';

/** How many of the month's back-tests are used; once they are, what to do now. Nothing where there is no limit. */
export function QuotaNotice({ quota }: { quota: BacktestQuota }) {
  const href = useShellHref();
  const { used, limit, resetsAt, planName, upgrade } = quota;
  if (limit === null) return null;
  if (used < limit) {
    return (
      <div className="max-w-form">
        <QuotaMeter
          label="Back-tests this month"
          used={used}
          limit={limit}
          resetsAt={resetsAt}
          upgradeTo={upgrade ? { id: upgrade.planId, name: upgrade.name } : null}
        />
      </div>
    );
  }
  return (
    <Callout
      tone="warning"
      title={`All ${limit} back-tests of this month are used`}
      actions={
        upgrade ? (
          <LinkButton size="sm" href={`${href('/billing')}?plan=${upgrade.planId}`}>
            See {upgrade.name}
          </LinkButton>
        ) : null
      }
    >
      {planName} includes {limit} a month, and {used} were started. The count starts again on{' '}
      <DateTime value={resetsAt} style="day-minute" />.{' '}
      {upgrade ? `${upgrade.name} lifts the limit at once. ` : ''}Results you already have stay
      where they are.
    </Callout>
  );
}
