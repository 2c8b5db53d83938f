import { CardFooter } from '@/components/ui/card';
import { LinkButton } from '@/components/ui/link-button';

/** The way to the next page of a list, oldest last; nothing on the last one. */
export function OlderPage({
  what,
  path,
  cursor,
}: {
  /** "invoices" */
  what: string;
  path: string;
  cursor: string | null;
}) {
  if (!cursor) return null;
  return (
    <CardFooter>
      <span>Older {what} are on the next page.</span>
      <LinkButton variant="secondary" size="sm" href={`${path}?${new URLSearchParams({ cursor })}`}>
        Show older
      </LinkButton>
    </CardFooter>
  );
}
