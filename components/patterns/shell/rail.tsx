'use client';

import Link from 'next/link';
import { cn } from '../../ui/class-names';
import { PersonMenu } from './person-menu';
import { isCurrent, shellHref } from './shell-paths';
import type {
  ShellArea,
  ShellPerson,
  ShellTenant,
  ShellUsage,
  ShellWorkspace,
} from './shell-types';
import { UsageRing } from './usage-ring';
import { WorkspaceSwitcher } from './workspace-switcher';

export interface RailProps {
  tenant: ShellTenant;
  areas: readonly ShellArea[];
  person: ShellPerson;
  usage: ShellUsage | null;
  base: string;
  path: string;
  workspaces?: readonly ShellWorkspace[];
  newWorkspaceHref?: string;
  onSignOut?: () => void | Promise<void>;
  profileHref?: string;
}

/** The left edge on anything wider than a phone. */
export function Rail(props: RailProps) {
  const { tenant, areas, person, usage, base, path } = props;
  const groups = [...new Set(areas.map((area) => area.group ?? ''))];
  return (
    <aside
      aria-label="Workspace"
      className="sticky top-0 hidden h-dvh w-60 shrink-0 flex-col border-r border-rail-line bg-rail md:flex"
    >
      <div className="px-3 pt-3">
        <WorkspaceSwitcher
          tenant={tenant}
          workspaces={props.workspaces ?? []}
          newWorkspaceHref={props.newWorkspaceHref}
        />
      </div>
      <nav aria-label="Areas" className="scrollbar-quiet min-h-0 flex-1 overflow-y-auto px-3 py-4">
        {groups.map((group) => (
          <div key={group} className="not-first:mt-5">
            {group ? <p className="px-2 pb-1 text-xs text-rail-muted">{group}</p> : null}
            <ul className="flex flex-col gap-0.5">
              {areas
                .filter((area) => (area.group ?? '') === group)
                .map((area) => (
                  <li key={area.href}>
                    <RailLink
                      area={area}
                      href={shellHref(base, area.href)}
                      current={isCurrent(area.href, path)}
                    />
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className="flex flex-col gap-1 border-t border-rail-line p-3">
        {usage ? <UsageRing usage={usage} /> : null}
        <PersonMenu person={person} profileHref={props.profileHref} onSignOut={props.onSignOut} />
      </div>
    </aside>
  );
}

function RailLink({ area, href, current }: { area: ShellArea; href: string; current: boolean }) {
  return (
    <Link
      href={href}
      aria-current={current ? 'page' : undefined}
      className={cn(
        'flex h-8 items-center gap-2.5 rounded-md px-2 text-base text-rail-muted transition-colors hover:bg-rail-active hover:text-rail-text [&_svg]:size-4 [&_svg]:shrink-0',
        current && 'bg-rail-active font-medium text-rail-text',
      )}
    >
      <span aria-hidden="true">{area.icon}</span>
      <span className="min-w-0 flex-1 truncate">{area.label}</span>
      {area.badge === undefined || area.badge === null ? null : (
        <span className="figures text-xs text-rail-muted">{area.badge}</span>
      )}
    </Link>
  );
}
