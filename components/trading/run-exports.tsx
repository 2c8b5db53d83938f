'use client';

import { Download } from 'lucide-react';
import { downloadText } from '@/components/patterns/charts/csv';
import { useShellTenant } from '@/components/patterns/shell/shell-context';
import { Button } from '@/components/ui/button';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/components/ui/dropdown-menu';
import { toast } from '@/components/ui/toast';

const CSV = 'text/csv';
const JSON_TYPE = 'application/json';

/** A run's results as files, from the same API that programs use. */
export function RunExports({ id }: { id: string }) {
  const tenant = useShellTenant() ?? '';
  const save = async (path: string, accept: string, name: string) => {
    const headers = { accept, 'x-tenant-id': tenant };
    const response = await fetch(`/api/v1/backtests/${id}${path}`, { headers }).catch(() => null);
    if (!response?.ok) {
      toast.error('The file did not arrive. Try again in a moment.');
      return;
    }
    downloadText(name, accept, await response.text());
  };
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="secondary" icon={<Download />}>
          Export
        </Button>
      </MenuTrigger>
      <MenuContent>
        <MenuItem onSelect={() => void save('/trades', CSV, `${id}-trades.csv`)}>
          Trades as CSV
        </MenuItem>
        <MenuItem onSelect={() => void save('/equity', CSV, `${id}-equity.csv`)}>
          Equity as CSV
        </MenuItem>
        <MenuItem onSelect={() => void save('', JSON_TYPE, `${id}.json`)}>Metrics as JSON</MenuItem>
      </MenuContent>
    </Menu>
  );
}
