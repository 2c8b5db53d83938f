import { Lock } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { PageHeader } from '@/components/patterns/page-header';

/** Instead of revenue, for operators who don't see it. */
export function NotYourRole() {
  return (
    <>
      <PageHeader title="Revenue" />
      <EmptyState icon={<Lock />} title="Revenue is for finance and administrators">
        Your platform role doesn’t include it. Ask an administrator of the platform if you need it.
      </EmptyState>
    </>
  );
}
