import type { ReactNode } from 'react';

export interface ShellTenant {
  name: string;
  /** "" for the operators' console, which is no tenant's. */
  slug: string;
  logoUrl?: string | null | undefined;
  /** For the dark theme; `logoUrl` serves both when absent. */
  logoDarkUrl?: string | null | undefined;
}

export interface ShellArea {
  label: string;
  /** From the tenant's root and without `base`: "/strategies"; the overview is "/". */
  href: string;
  /** An icon element, `<ChartLine />`: elements travel from server to client, functions don't. */
  icon: ReactNode;
  /** A count or a short word ("3", "New"). */
  badge?: string | number | null | undefined;
  /** Areas of one group stand together under its name; ungrouped ones come first. */
  group?: string | undefined;
}

export interface ShellPerson {
  name: string;
  email: string;
  role?: string | undefined;
  imageUrl?: string | null | undefined;
}

/** What the ring in the rail shows; null hides it. */
export interface ShellUsage {
  /** "API calls this month". */
  label: string;
  /** Platform meter whose live stream moves the ring, "api_calls"; without it the ring stands still. */
  meter?: string | undefined;
  used: number;
  /** null is unlimited. */
  limit: number | null;
  /** When these were read, ISO 8601 UTC. */
  asOf: string;
  /** Where the whole story is, without `base`. */
  href: string;
  resetsAt?: string | null | undefined;
}

export interface ShellWorkspace {
  name: string;
  slug: string;
  /** Where its dashboard lives (another host or path). */
  href: string;
  logoUrl?: string | null | undefined;
}

export interface ShellCommand {
  id: string;
  label: string;
  /** Heading it stands under. */
  group: string;
  /** Without `base`; an absolute address is taken as it is. */
  href: string;
  icon?: ReactNode;
  /** Other words it is found by. */
  keywords?: readonly string[] | undefined;
}
