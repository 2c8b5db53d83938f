'use client';

import { Ellipsis, Mail } from 'lucide-react';
import { useState, useTransition } from 'react';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { toast } from '@/components/ui/toast';
import type { AdminOperator } from '@/lib/domains/operator/operators/schemas';
import { resendInvitationAction } from '../actions';
import { ActDialog } from './act-dialog';
import { actsFor, actWords, type OperatorAct } from './operator-acts';
import { hasJoined } from './operator-words';

/** What can be done with an operator; who may do which to whom the server decides and says. */
export function OperatorMenu({ operator }: { operator: AdminOperator }) {
  const [act, setAct] = useState<OperatorAct | null>(null);
  const [pending, start] = useTransition();
  const resend = () =>
    start(async () => {
      const form = new FormData();
      form.set('id', operator.id);
      const outcome = await resendInvitationAction(null, form);
      if (outcome.ok) toast.success(outcome.message ?? '');
      else toast.error(outcome.problem.detail);
    });
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <IconButton label={`Acts for ${operator.email}`} icon={<Ellipsis />} pending={pending} />
        </MenuTrigger>
        <MenuContent align="end">
          {hasJoined(operator) ? null : (
            <MenuItem icon={<Mail />} onSelect={resend}>
              Send invitation again
            </MenuItem>
          )}
          {actsFor(operator).map((one) => (
            <MenuItem key={one} onSelect={() => setAct(one)}>
              {actWords[one].verb}
            </MenuItem>
          ))}
        </MenuContent>
      </Menu>
      {act ? <ActDialog operator={operator} act={act} onClose={() => setAct(null)} /> : null}
    </>
  );
}
