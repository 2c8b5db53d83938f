import { isUuid, publicId } from '@/lib/kernel/ids';
import type { OwnIds } from '../port';

/** What a subscription there carries of ours, in its `custom_id`; it comes back with every payment. */
export type Reference = {
  tenantPublicId: string;
  subscriptionId: string;
  /** Whether it was sold with a trial: PayPal knows only when the first payment is due. */
  trial: boolean;
};

const TRIAL = 'trial';

/** PayPal keeps 127 characters. */
export function writeReference({ tenantId, subscriptionId }: OwnIds, trial: boolean): string {
  const words = [publicId('tenant', tenantId), subscriptionId];
  return [...words, ...(trial ? [TRIAL] : [])].join(' ');
}

/** Null for what somebody else wrote. */
export function readReference(text: string | undefined): Reference | null {
  const [tenantPublicId, subscriptionId, ...flags] = (text ?? '').split(' ');
  if (!tenantPublicId || !subscriptionId || !isUuid(subscriptionId)) return null;
  return { tenantPublicId, subscriptionId, trial: flags.includes(TRIAL) };
}
