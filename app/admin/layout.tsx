import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { currentOperator } from '@/lib/transport/operator-page';

export const metadata: Metadata = {
  title: { template: '%s · NeoZork operators', default: 'NeoZork operators' },
  robots: { index: false },
};

/** Private pages: nothing of them may be kept by a shared cache. */
export const dynamic = 'force-dynamic';

/** The console is at the admin host; anywhere else there is nothing at this address. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  await currentOperator();
  return children;
}
