'use client';

import type { ReactNode } from 'react';
import { z } from 'zod';
import { AppShell } from '@/components/patterns/shell/app-shell';
import type { ShellArea, ShellPerson } from '@/components/patterns/shell/shell-types';
import { toast } from '@/components/ui/toast';
import { ApiProblem, apiFetch } from '@/lib/client/api-fetch';

type Props = { areas: readonly ShellArea[]; person: ShellPerson; children: ReactNode };

/** By a full load, so that no page stays in memory. */
async function leave(): Promise<void> {
  try {
    await apiFetch('/admin/sign-out', z.undefined(), { tenant: null, method: 'POST' });
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.status !== 401) return void toast.error(error.message);
  }
  window.location.assign('/admin/sign-in');
}

/** The frame of every page of the console. */
export function ConsoleShell({ areas, person, children }: Props) {
  return (
    <AppShell
      base="/admin"
      tenant={{ name: 'NeoZork operators', slug: '' }}
      areas={areas}
      person={person}
      usage={null}
      onSignOut={leave}
    >
      {children}
    </AppShell>
  );
}
