'use client';

import { LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react';
import Link from 'next/link';
import { useTheme } from 'next-themes';
import { useTransition } from 'react';
import { Avatar } from '../../ui/avatar';
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
  MenuTrigger,
} from '../../ui/dropdown-menu';
import { useShellHref } from './shell-context';
import type { ShellPerson } from './shell-types';

/** Who is signed in, the theme, and the way out. */
export function PersonMenu({
  person,
  profileHref,
  onSignOut,
}: {
  person: ShellPerson;
  profileHref?: string | undefined;
  onSignOut?: (() => void | Promise<void>) | undefined;
}) {
  const { theme = 'system', setTheme } = useTheme();
  const [leaving, startLeaving] = useTransition();
  const href = useShellHref();
  return (
    <Menu>
      <MenuTrigger className="flex w-full items-center gap-2.5 rounded-md p-2 text-left transition-colors hover:bg-rail-active data-[state=open]:bg-rail-active">
        <Avatar name={person.name} src={person.imageUrl} size="sm" />
        <span className="min-w-0 flex-1">
          <span className="block truncate text-sm font-medium text-rail-text">{person.name}</span>
          {person.role ? (
            <span className="block truncate text-xs text-rail-muted">{person.role}</span>
          ) : null}
        </span>
      </MenuTrigger>
      <MenuContent align="start" side="top" className="w-60">
        <MenuLabel className="truncate">{person.email}</MenuLabel>
        {profileHref === undefined ? null : (
          <MenuItem asChild>
            <Link href={href(profileHref)}>
              <UserRound aria-hidden="true" />
              Your account
            </Link>
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuLabel>Theme</MenuLabel>
        <MenuRadioGroup value={theme} onValueChange={setTheme}>
          <MenuRadioItem value="system">
            <Monitor aria-hidden="true" /> As the system
          </MenuRadioItem>
          <MenuRadioItem value="light">
            <Sun aria-hidden="true" /> Light
          </MenuRadioItem>
          <MenuRadioItem value="dark">
            <Moon aria-hidden="true" /> Dark
          </MenuRadioItem>
        </MenuRadioGroup>
        {onSignOut ? (
          <>
            <MenuSeparator />
            <MenuItem
              icon={<LogOut aria-hidden="true" />}
              disabled={leaving}
              onSelect={() => startLeaving(async () => onSignOut())}
            >
              Sign out
            </MenuItem>
          </>
        ) : null}
      </MenuContent>
    </Menu>
  );
}
