'use client';

import { UpgradeCallout } from '@/components/patterns/upgrade-callout';
import type { KeyOptions } from '@/lib/domains/gateway/schemas';

/** What the plan leaves to be wished for, before somebody runs into it. */
export function KeyLimit({ options }: { options: KeyOptions }) {
  const { used, limit, writeWith } = options;
  if (!writeWith) return null;
  const { title, message } = words(used, limit, writeWith.name);
  return (
    <div className="mb-6">
      <UpgradeCallout
        stopped={limit !== null && used >= limit}
        plan={writeWith.id}
        planName={writeWith.name}
        title={title}
        message={message}
      />
    </div>
  );
}

function words(used: number, limit: number | null, better: string) {
  if (limit === null || used < limit) {
    return {
      title: 'Keys are read-only',
      message: `Keys of your plan can only read. With ${better} they can also upload bars, save strategies and start back-tests.`,
    };
  }
  const keys = `${limit} ${limit === 1 ? 'key' : 'keys'}`;
  if (used > limit) {
    return {
      title: 'Some keys sleep',
      message: `Your plan includes ${keys}, read-only, and there are ${used}: the oldest work, the others wake with ${better}.`,
    };
  }
  return {
    title: 'All keys of your plan are in use',
    message: `Your plan includes ${keys}, read-only, and ${used === 1 ? 'it is' : 'all are'} in use. ${better} has more keys, which can also write.`,
  };
}
