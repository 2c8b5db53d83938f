import { PageHeader } from '@/components/patterns/page-header';
import { OverviewLink } from './_shell/overview-link';

/** A page of the workspace that isn't there; the shell stays, so that one finds on. */
export default function NotFound() {
  return (
    <PageHeader
      title="There is nothing at this address"
      description="It may have been deleted, or the address has a slip in it. Search finds strategies, back-tests and instruments by name."
      action={<OverviewLink />}
    />
  );
}
