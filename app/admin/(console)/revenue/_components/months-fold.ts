import type { Fold } from '@/components/patterns/table/folded-rows';

/** Tables of months, newest first, show a year at first. */
export const MONTHS_FOLD: Fold = { first: 12, others: 'earlier months' };
