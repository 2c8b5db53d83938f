import { PageHeader } from '@/components/patterns/page-header';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <>
      <PageHeader title="Billing" description="Your plan, what you use of it, and what you pay." />
      <div aria-busy="true" className="grid gap-6">
        <Skeleton className="h-40" />
        <Skeleton className="h-56" />
        <Skeleton className="h-96" />
      </div>
    </>
  );
}
