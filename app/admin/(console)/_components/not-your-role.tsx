import { Lock } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { PageHeader } from '@/components/patterns/page-header';

/** Instead of a page, for operators whose role doesn't include it. */
export function NotYourRole({ page, whose }: { page: string; whose: string }) {
  return (
    <>
      <PageHeader title={page} />
      <EmptyState
        icon={<Lock />}
        title={`${page} ${page.endsWith('s') ? 'are' : 'is'} for ${whose}`}
      >
        Your platform role doesn’t include it. Ask an administrator of the platform if you need it.
      </EmptyState>
    </>
  );
}
