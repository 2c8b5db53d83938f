'use client';

import { UpgradeCallout } from '@/components/patterns/upgrade-callout';
import type { KeyOptions } from '@/lib/domains/gateway/schemas';

/** What the plan leaves to be wished for, before somebody runs into it. */
export function KeyLimit({ options }: { options: KeyOptions }) {
  const { used, limit, writeWith } = options;
  const full = limit !== null && used >= limit;
  if (!writeWith) return null;
  const message = full
    ? `Your plan includes ${limit} ${limit === 1 ? 'key' : 'keys'}, read-only, and ${used === 1 ? 'it is' : 'all are'} in use. ${writeWith.name} has more keys, which can also write.`
    : `Keys of your plan can only read. With ${writeWith.name} they can also upload bars, save strategies and start back-tests.`;
  return (
    <div className="mb-6">
      <UpgradeCallout
        stopped={full}
        plan={writeWith.id}
        planName={writeWith.name}
        title={full ? 'All keys of your plan are in use' : 'Keys are read-only'}
        message={message}
      />
    </div>
  );
}
