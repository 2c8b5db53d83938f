'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { useShellTenant } from '@/components/patterns/shell/shell-context';
import { Button } from '@/components/ui/button';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/components/ui/dropdown-menu';
import { toast } from '@/components/ui/toast';

/** Saves what was fetched under a name, as a link with `download` would. */
function saveAs(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/**
 * A document as PDF, from the same API that programs use.
 * @param of where the API has it: "invoices/inv_…", to operators "admin/invoices/inv_…"
 */
export function DownloadPdf({
  of,
  name,
  small = false,
}: {
  of: string;
  name: string;
  small?: boolean;
}) {
  const tenant = useShellTenant();
  const [busy, setBusy] = useState(false);
  const save = async (size: 'a4' | 'letter') => {
    setBusy(true);
    const response = await fetch(`/api/v1/${of}/pdf?size=${size}`, {
      headers: tenant === null ? {} : { 'x-tenant-id': tenant },
    }).catch(() => null);
    if (response?.ok) saveAs(`${name}.pdf`, await response.blob());
    else toast.error('The PDF did not arrive. Try again in a moment.');
    setBusy(false);
  };
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button
          variant={small ? 'ghost' : 'secondary'}
          icon={<Download />}
          disabled={busy}
          {...(small ? { 'aria-label': `PDF of ${name}` } : {})}
        >
          {small ? 'PDF' : 'Download PDF'}
        </Button>
      </MenuTrigger>
      <MenuContent>
        <MenuItem onSelect={() => void save('a4')}>On A4</MenuItem>
        <MenuItem onSelect={() => void save('letter')}>On US Letter</MenuItem>
      </MenuContent>
    </Menu>
  );
}
