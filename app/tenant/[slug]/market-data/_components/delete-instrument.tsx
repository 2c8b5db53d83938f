'use client';

import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { useShellHref, useShellTenant } from '@/components/patterns/shell/shell-context';
import { Button } from '@/components/ui/button';
import { deleteInstrumentAction } from '../actions';

export function DeleteInstrument({ symbol }: { symbol: string }) {
  const router = useRouter();
  const href = useShellHref();
  const tenant = useShellTenant();
  const remove = async () => {
    const form = new FormData();
    if (tenant) form.set('__tenant', tenant);
    form.set('symbol', symbol);
    const outcome = await deleteInstrumentAction(null, form);
    if (!outcome.ok) return outcome.problem.detail;
    router.push(href('/market-data'));
    return undefined;
  };
  return (
    <ConfirmDialog
      title={`Delete ${symbol} and all its bars?`}
      confirmLabel="Delete instrument"
      typed={symbol}
      success={`${symbol} is deleted`}
      onConfirm={remove}
      trigger={
        <Button variant="secondary" icon={<Trash2 />}>
          Delete
        </Button>
      }
    >
      Its bars in every timeframe go and can’t be brought back. Results of back-tests stay.
    </ConfirmDialog>
  );
}
