'use client';

import { Check, ChevronsUpDown, Plus } from 'lucide-react';
import { Avatar } from '../../ui/avatar';
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuSeparator,
  MenuTrigger,
} from '../../ui/dropdown-menu';
import type { ShellTenant, ShellWorkspace } from './shell-types';
import { TenantLogo } from './tenant-logo';

/** Which organisation this is, and the way to the person's others. */
export function WorkspaceSwitcher({
  tenant,
  workspaces,
  newWorkspaceHref,
}: {
  tenant: ShellTenant;
  workspaces: readonly ShellWorkspace[];
  newWorkspaceHref?: string | undefined;
}) {
  const name = (
    <>
      <TenantLogo tenant={tenant} />
      <span className="min-w-0 flex-1 truncate text-left font-semibold text-rail-text">
        {tenant.name}
      </span>
    </>
  );
  if (workspaces.length < 2 && newWorkspaceHref === undefined) {
    return <div className="flex h-10 items-center gap-2.5 px-2">{name}</div>;
  }
  return (
    <Menu>
      <MenuTrigger className="flex h-10 w-full items-center gap-2.5 rounded-md px-2 transition-colors hover:bg-rail-active data-[state=open]:bg-rail-active">
        {name}
        <ChevronsUpDown aria-hidden="true" className="size-4 shrink-0 text-rail-muted" />
        <span className="sr-only">Switch workspace</span>
      </MenuTrigger>
      <MenuContent align="start" className="w-64">
        <MenuLabel>Workspaces</MenuLabel>
        {workspaces.map((workspace) => (
          <MenuItem key={workspace.slug} asChild>
            <a href={workspace.href} aria-current={workspace.slug === tenant.slug || undefined}>
              <Avatar name={workspace.name} src={workspace.logoUrl} shape="square" size="sm" />
              <span className="min-w-0 flex-1 truncate">{workspace.name}</span>
              {workspace.slug === tenant.slug ? <Check aria-label="current" /> : null}
            </a>
          </MenuItem>
        ))}
        {newWorkspaceHref === undefined ? null : (
          <>
            <MenuSeparator />
            <MenuItem asChild>
              <a href={newWorkspaceHref}>
                <Plus aria-hidden="true" />
                New workspace
              </a>
            </MenuItem>
          </>
        )}
      </MenuContent>
    </Menu>
  );
}
