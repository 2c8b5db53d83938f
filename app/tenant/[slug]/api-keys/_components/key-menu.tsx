'use client';

import { Ellipsis, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { useShellTenant } from '@/components/patterns/shell/shell-context';
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuSeparator,
  MenuTrigger,
} from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import type { ApiKeyDto } from '@/lib/domains/gateway/schemas';
import { revokeKeyAction } from '../actions';
import { RotateKeyDialog } from './rotate-key-dialog';

/** What can be done with one key. */
export function KeyMenu({ apiKey }: { apiKey: ApiKeyDto }) {
  const tenant = useShellTenant();
  const [open, setOpen] = useState<'rotate' | 'revoke' | null>(null);
  const revoke = async () => {
    const form = new FormData();
    form.set('id', apiKey.id);
    if (tenant) form.set('__tenant', tenant);
    const outcome = await revokeKeyAction(null, form);
    return outcome.ok ? undefined : outcome.problem.detail;
  };
  const toggle = (which: 'rotate' | 'revoke') => (next: boolean) => setOpen(next ? which : null);
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <IconButton label={`Acts for ${apiKey.name}`} icon={<Ellipsis />} />
        </MenuTrigger>
        <MenuContent align="end">
          <MenuItem icon={<RefreshCw />} onSelect={() => setOpen('rotate')}>
            Rotate
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={<Trash2 />} destructive onSelect={() => setOpen('revoke')}>
            Revoke
          </MenuItem>
        </MenuContent>
      </Menu>
      <RotateKeyDialog apiKey={apiKey} open={open === 'rotate'} onOpenChange={toggle('rotate')} />
      <ConfirmDialog
        title={`Revoke ${apiKey.name}?`}
        confirmLabel="Revoke key"
        typed={apiKey.name}
        success={`${apiKey.name} was revoked`}
        open={open === 'revoke'}
        onOpenChange={toggle('revoke')}
        onConfirm={revoke}
      >
        Calls with <code className="font-mono text-sm">{apiKey.prefix}…</code> are refused within a
        second, for good. What was made with it stays.
      </ConfirmDialog>
    </>
  );
}
