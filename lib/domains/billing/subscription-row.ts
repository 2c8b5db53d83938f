import type { Tx } from '@/lib/infra/db';

/** A subscription as it is stored. */
export type SubscriptionRow = NonNullable<Awaited<ReturnType<Tx['subscription']['findFirst']>>>;
