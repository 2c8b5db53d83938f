import { CircleCheck, TriangleAlert } from 'lucide-react';
import { contrastReport } from '@/lib/kernel/colour';

/** What the contrast check says, in words and figures. */
export function ContrastFindings({ accent, sidebar }: { accent: string; sidebar: string }) {
  return (
    <div aria-live="polite">
      <h3 className="mb-2 font-medium text-sm text-strong">Contrast</h3>
      <ul className="grid gap-2 text-sm">
        {contrastReport({ accent, sidebar }).map((finding) => (
          <li key={finding.id} className="flex items-start gap-2">
            {finding.pass ? (
              <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-positive" />
            ) : (
              <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warning" />
            )}
            <span>
              <span className="text-default">{finding.label}</span>{' '}
              <span className="figures text-muted">{finding.ratio.toFixed(2)} : 1</span>
              {finding.pass ? null : <span className="block text-muted">{finding.message}</span>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
