'use client';

import { ArrowUpRight } from 'lucide-react';
import { Callout } from '../ui/callout';
import { LinkButton } from '../ui/link-button';
import { useShellHref } from './shell/shell-context';

const titled = (plan: string) => plan.charAt(0).toUpperCase() + plan.slice(1).replaceAll('_', ' ');

export interface UpgradeCalloutProps {
  /** Id of the plan that lifts the limit: "professional". */
  plan: string;
  /** Its name, when it isn't the id with a capital letter. */
  planName?: string;
  /** What is used up or not included, and when it resets. */
  message: string;
  /** Path in the tenant's area where plans are changed; `?plan=` is appended. */
  path?: string;
  title?: string;
  /** Something is used up; else it is only not part of the plan. */
  stopped?: boolean;
}

/** A limit met: what it is, and the plan that lifts it. */
export function UpgradeCallout({
  plan,
  planName,
  message,
  path = '/billing',
  title,
  stopped = false,
}: UpgradeCalloutProps) {
  const href = useShellHref();
  const name = planName ?? titled(plan);
  return (
    <Callout
      tone={stopped ? 'warning' : 'info'}
      announce
      title={title ?? `${name} lifts this limit`}
      actions={
        <LinkButton
          size="sm"
          href={`${href(path)}?plan=${encodeURIComponent(plan)}`}
          icon={<ArrowUpRight />}
        >
          See {name}
        </LinkButton>
      }
    >
      {message}
    </Callout>
  );
}
