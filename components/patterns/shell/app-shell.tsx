'use client';

import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { Toaster } from '../../ui/toast';
import { BottomBar } from './bottom-bar';
import { CommandPaletteLoader } from './command-palette-loader';
import { Rail } from './rail';
import { ShellProvider } from './shell-context';
import { pathInShell } from './shell-paths';
import type {
  ShellArea,
  ShellCommand,
  ShellPerson,
  ShellTenant,
  ShellUsage,
  ShellWorkspace,
} from './shell-types';
import { TopBar } from './top-bar';

export interface AppShellProps {
  /** Whose it is. */
  tenant: ShellTenant;
  /** In order; on a phone the first four stand in the bottom bar and the rest behind "More". */
  areas: readonly ShellArea[];
  person: ShellPerson;
  usage: ShellUsage | null;
  /** "" on a tenant's own host, "/tenant/{slug}" in the path form, "/admin" for operators. */
  base: string;
  /** The person's workspaces; with one or none the switcher is only the name. */
  workspaces?: readonly ShellWorkspace[];
  /** Where a new workspace is made; shown in the switcher. */
  newWorkspaceHref?: string;
  /** More for the palette than the areas: acts, recent things. */
  commands?: readonly ShellCommand[];
  /** Finds things by name while the reader types in the palette; at most a dozen. */
  onSearch?: (query: string) => Promise<ShellCommand[]>;
  /** The bell and its list. */
  notifications?: ReactNode;
  /** A line across the top: trial days left, payment failed, read-only. */
  banner?: ReactNode;
  /** Server action or handler that ends the session. */
  onSignOut?: () => void | Promise<void>;
  /** Path of the person's own settings, without `base`. */
  profileHref?: string;
  children: ReactNode;
}

/** The frame of every dashboard page: rail, top bar, command palette, and on a phone a bottom bar. */
export function AppShell(props: AppShellProps) {
  const path = pathInShell(usePathname(), props.base, props.tenant.slug);
  const [paletteOpen, setPaletteOpen] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        setPaletteOpen((open) => !open);
      }
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return (
    <ShellProvider base={props.base} slug={props.tenant.slug}>
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <div className="flex min-h-dvh">
        <Rail {...props} path={path} />
        <div className="flex min-w-0 flex-1 flex-col">
          {props.banner}
          <TopBar {...props} path={path} onOpenPalette={() => setPaletteOpen(true)} />
          <main
            id="content"
            tabIndex={-1}
            className="min-w-0 flex-1 px-4 pt-6 pb-24 outline-none sm:px-6 md:pb-10 lg:px-8"
          >
            {props.children}
          </main>
        </div>
      </div>
      <BottomBar {...props} path={path} />
      <CommandPaletteLoader
        open={paletteOpen}
        onOpenChange={setPaletteOpen}
        areas={props.areas}
        base={props.base}
        {...(props.commands ? { commands: props.commands } : {})}
        {...(props.onSearch ? { onSearch: props.onSearch } : {})}
      />
      <Toaster />
    </ShellProvider>
  );
}
