import type { CurrentUsageRow } from '@/lib/domains/usage/schemas';

const words: Record<string, { label: string; unit: string }> = {
  api_calls: { label: 'API calls this month', unit: 'calls' },
  backtests: { label: 'Back-tests this month', unit: 'back-tests' },
  storage_bytes: { label: 'Storage', unit: 'bytes' },
  exports: { label: 'Exports', unit: 'exports' },
  compute_seconds: { label: 'Compute time', unit: 'seconds' },
  bandwidth_bytes: { label: 'Bandwidth', unit: 'bytes' },
  feature_access: { label: 'Features used', unit: 'features' },
  user_sessions: { label: 'Sessions', unit: 'sessions' },
  custom_events: { label: 'Custom events', unit: 'events' },
};

/** How a meter is called on this page; a tenant's own by its key. */
export function meterWords({ meter, unit }: Pick<CurrentUsageRow, 'meter' | 'unit'>) {
  return words[meter] ?? { label: meter, unit };
}
