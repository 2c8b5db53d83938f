'use client';

import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { Breadcrumb, type Crumb } from '../../ui/breadcrumb';
import { Kbd } from '../../ui/kbd';
import { useShellCrumbs } from './shell-context';
import { isCurrent, shellHref } from './shell-paths';
import type { ShellArea, ShellTenant } from './shell-types';

/** Where one stands, the search, and the notices. */
export function TopBar({
  tenant,
  areas,
  base,
  path,
  notifications,
  onOpenPalette,
}: {
  tenant: ShellTenant;
  areas: readonly ShellArea[];
  base: string;
  path: string;
  notifications?: ReactNode;
  onOpenPalette: () => void;
}) {
  const set = useShellCrumbs();
  const crumbs = set ?? deriveCrumbs(tenant, areas, base, path);
  return (
    <header className="sticky top-0 z-30 flex h-13 items-center justify-between gap-3 border-b border-line bg-canvas/90 px-3 backdrop-blur-sm sm:px-5 lg:px-7">
      <Breadcrumb items={crumbs} />
      <div className="flex shrink-0 items-center gap-1.5">
        <button
          type="button"
          onClick={onOpenPalette}
          aria-keyshortcuts="Meta+K Control+K"
          className="inline-flex h-8 items-center gap-2 rounded-md border border-line bg-panel px-2.5 text-sm text-muted transition-colors hover:border-line-strong hover:text-strong max-sm:border-transparent max-sm:bg-transparent"
        >
          <Search aria-hidden="true" className="size-4" />
          <span className="max-sm:sr-only">Search</span>
          <Kbd className="ml-3 max-sm:hidden">⌘K</Kbd>
        </button>
        {notifications}
      </div>
    </header>
  );
}

function deriveCrumbs(
  tenant: ShellTenant,
  areas: readonly ShellArea[],
  base: string,
  path: string,
): Crumb[] {
  const home = { label: tenant.name, href: shellHref(base, '/') };
  const area = areas.find((candidate) => isCurrent(candidate.href, path));
  return area ? [home, { label: area.label, href: shellHref(base, area.href) }] : [home];
}
