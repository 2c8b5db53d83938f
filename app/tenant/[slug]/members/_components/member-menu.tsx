'use client';

import { Ellipsis, UserMinus } from 'lucide-react';
import { useState, useTransition } from 'react';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { useShellTenant } from '@/components/patterns/shell/shell-context';
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
  MenuTrigger,
} from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { toast } from '@/components/ui/toast';
import { type Role, roles } from '@/lib/kernel/access';
import { changeRoleAction, removeMemberAction } from '../actions';
import { roleWords } from './role-words';

type Props = { id: string; email: string; role: Role };

/** Change of role, and removal; who may do which to whom the server decides and says. */
export function MemberMenu({ id, email, role }: Props) {
  const tenant = useShellTenant();
  const [, start] = useTransition();
  const [removing, setRemoving] = useState(false);
  const form = (fields: Record<string, string>) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    if (tenant) data.set('__tenant', tenant);
    return data;
  };
  const change = (next: string) =>
    start(async () => {
      const outcome = await changeRoleAction(null, form({ id, role: next }));
      if (outcome.ok) toast.success(`${email} is ${roleWords[next as Role].label} now`);
      else toast.error(outcome.problem.detail);
    });
  const remove = async () => {
    const outcome = await removeMemberAction(null, form({ id }));
    return outcome.ok ? undefined : outcome.problem.detail;
  };
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <IconButton label={`Acts for ${email}`} icon={<Ellipsis />} />
        </MenuTrigger>
        <MenuContent align="end">
          <MenuLabel>Role</MenuLabel>
          <MenuRadioGroup value={role} onValueChange={change}>
            {roles.map((one) => (
              <MenuRadioItem key={one} value={one}>
                {roleWords[one].label}
              </MenuRadioItem>
            ))}
          </MenuRadioGroup>
          <MenuSeparator />
          <MenuItem icon={<UserMinus />} onSelect={() => setRemoving(true)}>
            Remove
          </MenuItem>
        </MenuContent>
      </Menu>
      <ConfirmDialog
        title={`Remove ${email}?`}
        confirmLabel="Remove member"
        success={`${email} was removed`}
        open={removing}
        onOpenChange={setRemoving}
        onConfirm={remove}
      >
        They lose access at once. What they made stays, and you can invite them again.
      </ConfirmDialog>
    </>
  );
}
