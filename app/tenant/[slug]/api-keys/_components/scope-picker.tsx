'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { areas, type Permission } from '@/lib/kernel/access';
import { areaWords } from './scope-words';

/** Reading and writing, area by area; only what plan and person allow can be chosen. */
export function ScopePicker({ grantable }: { grantable: Permission[] }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(grantable));
  const toggle = (scope: string) => {
    const next = new Set(chosen);
    if (!next.delete(scope)) next.add(scope);
    setChosen(next);
  };
  const reads = grantable.filter((scope) => scope.endsWith(':read'));
  const rows = areas.filter((area) => grantable.some((scope) => scope.startsWith(`${area}:`)));
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium text-strong">What it may do</legend>
      <div className="mb-2 flex flex-wrap gap-2">
        <Button size="sm" variant="secondary" onClick={() => setChosen(new Set(grantable))}>
          Everything
        </Button>
        <Button size="sm" variant="secondary" onClick={() => setChosen(new Set(reads))}>
          Read only
        </Button>
        <Button size="sm" variant="ghost" onClick={() => setChosen(new Set())}>
          Nothing
        </Button>
      </div>
      <div className="divide-y divide-line rounded-md border border-line">
        {rows.map((area) => (
          <div key={area} className="flex items-center justify-between gap-4 px-3 py-2">
            <span className="min-w-0 truncate text-base text-default">{areaWords[area]}</span>
            <span className="flex shrink-0 gap-4">
              {(['read', 'write'] as const).map((act) => {
                const scope: Permission = `${area}:${act}`;
                return (
                  <Checkbox
                    key={act}
                    name="scopes[]"
                    value={scope}
                    aria-label={`${areaWords[area]}: ${act}`}
                    label={act === 'read' ? 'Read' : 'Write'}
                    checked={chosen.has(scope)}
                    disabled={!grantable.includes(scope)}
                    onChange={() => toggle(scope)}
                  />
                );
              })}
            </span>
          </div>
        ))}
      </div>
    </fieldset>
  );
}
