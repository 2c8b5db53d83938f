'use client';

import { Ellipsis } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { cn } from '../../ui/class-names';
import { Dialog, DialogContent, DialogTrigger } from '../../ui/dialog';
import { PersonMenu } from './person-menu';
import type { RailProps } from './rail';
import { isCurrent, shellHref } from './shell-paths';
import { UsageRing } from './usage-ring';

const itemStyle =
  'flex h-14 flex-col items-center justify-center gap-0.5 text-xs text-muted aria-[current=page]:text-accent-text [&_svg]:size-5';

/** The areas on a phone: five places, the fifth is "More" when there are further ones. */
export function BottomBar(props: RailProps) {
  const { areas, base, path } = props;
  const [open, setOpen] = useState(false);
  const direct = areas.slice(0, 4);
  const rest = areas.slice(4);
  return (
    <nav
      aria-label="Areas"
      className="fixed inset-x-0 bottom-0 z-30 grid auto-cols-fr grid-flow-col border-t border-line bg-panel pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {direct.map((area) => (
        <Link
          key={area.href}
          href={shellHref(base, area.href)}
          aria-current={isCurrent(area.href, path) ? 'page' : undefined}
          className={itemStyle}
        >
          <span aria-hidden="true">{area.icon}</span>
          <span className="max-w-full truncate px-1">{area.label}</span>
        </Link>
      ))}
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogTrigger
          className={cn(
            itemStyle,
            rest.some((area) => isCurrent(area.href, path)) && 'text-accent-text',
          )}
        >
          <Ellipsis aria-hidden="true" />
          More
        </DialogTrigger>
        <DialogContent title={props.tenant.name}>
          <ul className="flex flex-col">
            {rest.map((area) => (
              <li key={area.href}>
                <Link
                  href={shellHref(base, area.href)}
                  aria-current={isCurrent(area.href, path) ? 'page' : undefined}
                  onClick={() => setOpen(false)}
                  className="flex h-12 items-center gap-3 rounded-md px-2 text-md text-default aria-[current=page]:bg-accent-subtle aria-[current=page]:text-accent-text [&_svg]:size-5"
                >
                  <span aria-hidden="true">{area.icon}</span>
                  <span className="flex-1">{area.label}</span>
                  {area.badge ?? null}
                </Link>
              </li>
            ))}
          </ul>
          <div className="mt-3 flex flex-col gap-1 rounded-lg bg-rail p-2">
            {props.usage ? <UsageRing usage={props.usage} /> : null}
            <PersonMenu
              person={props.person}
              profileHref={props.profileHref}
              onSignOut={props.onSignOut}
            />
          </div>
        </DialogContent>
      </Dialog>
    </nav>
  );
}
