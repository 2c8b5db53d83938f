import { PageHeader } from '@/components/patterns/page-header';
import { LinkButton } from '@/components/ui/link-button';

/** The shell stays, so that one finds on. */
export default function NotFound() {
  return (
    <PageHeader
      title="There is nothing at this address"
      description="It may have been deleted, or the address has a slip in it."
      action={<LinkButton href="/admin">Go to the overview</LinkButton>}
    />
  );
}
