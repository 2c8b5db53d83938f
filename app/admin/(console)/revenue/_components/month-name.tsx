'use client';

import { monthWord } from '@/components/patterns/charts/use-month-words';
import { useReader } from '@/components/ui/use-reader';

/** "2026-11" in the reader's language: "Nov 2026". */
export function MonthName({ month }: { month: string }) {
  const { locale } = useReader();
  return <time dateTime={month}>{monthWord(month, locale)}</time>;
}
