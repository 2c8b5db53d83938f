'use client';

import { useShellHref } from '@/components/patterns/shell/shell-context';
import { LinkButton } from '@/components/ui/link-button';

export function OverviewLink() {
  return <LinkButton href={useShellHref()('/')}>Go to the overview</LinkButton>;
}
