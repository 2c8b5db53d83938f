import { CalendarX2 } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { PageHeader } from '@/components/patterns/page-header';
import { LinkButton } from '@/components/ui/link-button';

/** Instead of rows, where the address asks for a month that there isn't: another month's would be taken for them. */
export function NoSuchMonth({
  title,
  crumb,
  href,
}: {
  title: string;
  crumb: string;
  href: string;
}) {
  return (
    <>
      <PageHeader
        title={title}
        crumbs={[{ label: 'Revenue', href: '/admin/revenue' }, { label: crumb }]}
      />
      <EmptyState
        icon={<CalendarX2 />}
        title="There is no such month"
        action={<LinkButton href={href}>Show the running month</LinkButton>}
      >
        The address asks for a month that there isn’t. Months are written as year and month:
        2026-11.
      </EmptyState>
    </>
  );
}
