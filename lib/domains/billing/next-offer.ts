import type { Tx } from '@/lib/infra/db';
import type { FullOffer } from './gateways/port';
import { readOffer } from './read-offer';
import type { SubscriptionRow } from './to-dto';
import { wishOf } from './wish';

/** What takes the place of the running terms when the period ends; null when nothing does. */
export async function nextOffer(tx: Tx, row: SubscriptionRow): Promise<FullOffer | null> {
  const { next } = wishOf(row);
  return next && readOffer(tx, next);
}
