'use client';

import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { useShellHref, useShellTenant } from '@/components/patterns/shell/shell-context';
import { IconButton } from '@/components/ui/icon-button';
import { removeBacktestAction } from '../actions';

export function RemoveRun({ id, name }: { id: string; name: string }) {
  const router = useRouter();
  const href = useShellHref();
  const tenant = useShellTenant();
  const remove = async () => {
    const form = new FormData();
    if (tenant) form.set('__tenant', tenant);
    form.set('id', id);
    const outcome = await removeBacktestAction(null, form);
    if (!outcome.ok) return outcome.problem.detail;
    router.push(href('/backtests'));
    return undefined;
  };
  return (
    <ConfirmDialog
      title={`Delete this back-test of “${name}”?`}
      confirmLabel="Delete back-test"
      success="The back-test is deleted"
      onConfirm={remove}
      trigger={<IconButton label="Delete this back-test" icon={<Trash2 />} variant="secondary" />}
    >
      Its metrics, equity and trades go and can’t be brought back. The strategy stays, and the
      month’s count as well.
    </ConfirmDialog>
  );
}
