'use client';

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { Crumb } from '../../ui/breadcrumb';
import { shellHref } from './shell-paths';

interface ShellState {
  base: string;
  slug: string;
  crumbs: readonly Crumb[] | null;
  setCrumbs: (crumbs: readonly Crumb[] | null) => void;
}

const ShellContext = createContext<ShellState | null>(null);

interface ShellProviderProps {
  base: string;
  /** The tenant shown; forms send it along, and the server checks it against the person's memberships. */
  slug: string;
  children: ReactNode;
}

export function ShellProvider({ base, slug, children }: ShellProviderProps) {
  const [crumbs, setCrumbs] = useState<readonly Crumb[] | null>(null);
  const state = useMemo(() => ({ base, slug, crumbs, setCrumbs }), [base, slug, crumbs]);
  return <ShellContext value={state}>{children}</ShellContext>;
}

/** The crumbs a page has set, for the top bar. */
export function useShellCrumbs(): readonly Crumb[] | null {
  return useContext(ShellContext)?.crumbs ?? null;
}

/** Slug of the tenant shown; null outside a shell. */
export function useShellTenant(): string | null {
  return useContext(ShellContext)?.slug ?? null;
}

/** Turns a path from the tenant's root into an href for where the shell stands (subdomain or path form). */
export function useShellHref(): (path: string) => string {
  const base = useContext(ShellContext)?.base ?? '';
  return useMemo(() => (path: string) => shellHref(base, path), [base]);
}

/** Replaces the derived breadcrumbs while it is mounted; outside a shell it does nothing. */
export function ShellCrumbs({ items }: { items: readonly Crumb[] }) {
  const setCrumbs = useContext(ShellContext)?.setCrumbs;
  const key = JSON.stringify(items);
  useEffect(() => {
    setCrumbs?.(JSON.parse(key) as Crumb[]);
    return () => setCrumbs?.(null);
  }, [setCrumbs, key]);
  return null;
}
