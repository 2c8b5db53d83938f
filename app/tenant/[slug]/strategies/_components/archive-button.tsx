'use client';

import { Archive, ArchiveRestore } from 'lucide-react';
import { useTransition } from 'react';
import { useShellTenant } from '@/components/patterns/shell/shell-context';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { toast } from '@/components/ui/toast';
import type { StrategyDto } from '@/lib/domains/trading/strategies/schemas';
import { archiveStrategyAction } from '../actions';

type Props = { strategy: Pick<StrategyDto, 'id' | 'name' | 'archived_at'>; compact?: boolean };

/** Puts a strategy away, or brings it back; either can be undone, so nothing is asked. */
export function ArchiveButton({ strategy, compact = false }: Props) {
  const tenant = useShellTenant();
  const [pending, start] = useTransition();
  const archived = strategy.archived_at !== null;
  const set = (next: boolean) =>
    start(async () => {
      const form = new FormData();
      if (tenant) form.set('__tenant', tenant);
      form.set('id', strategy.id);
      form.set('archived', String(next));
      const outcome = await archiveStrategyAction(null, form);
      if (!outcome.ok) {
        toast.error(outcome.problem.detail);
        return;
      }
      const done = next ? `“${strategy.name}” is archived` : `“${strategy.name}” is back`;
      toast.success(done, { action: { label: 'Undo', onClick: () => set(!next) } });
    });
  const label = archived ? 'Restore' : 'Archive';
  const icon = archived ? <ArchiveRestore /> : <Archive />;
  return compact ? (
    <IconButton
      size="sm"
      label={`${label} ${strategy.name}`}
      icon={icon}
      disabled={pending}
      onClick={() => set(!archived)}
    />
  ) : (
    <Button variant="secondary" icon={icon} pending={pending} onClick={() => set(!archived)}>
      {label}
    </Button>
  );
}
