'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { downloadText } from '@/components/patterns/charts/csv';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';

/** All rows of `path` (below `/api/v1`, with its query) as CSV, from the API that programs use too. */
export function ExportButton({ path, fileName }: { path: string; fileName: string }) {
  const [pending, setPending] = useState(false);
  const save = async () => {
    setPending(true);
    const response = await fetch(`/api/v1${path}`, { headers: { accept: 'text/csv' } }).catch(
      () => null,
    );
    setPending(false);
    if (!response?.ok) {
      toast.error('The file did not arrive. Try again in a moment.');
      return;
    }
    downloadText(`${fileName}.csv`, 'text/csv;charset=utf-8', await response.text());
  };
  return (
    <Button variant="secondary" icon={<Download />} pending={pending} onClick={() => void save()}>
      Export CSV
    </Button>
  );
}
