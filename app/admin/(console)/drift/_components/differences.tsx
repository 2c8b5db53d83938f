import type { AdminDrift } from '@/lib/domains/operator/drift/schemas';
import { differenceName, sideWords } from './drift-words';

/** Field by field, what we want and what the provider says. */
export function Differences({ row }: { row: AdminDrift }) {
  const currency = row.invoice?.currency ?? null;
  return (
    <dl className="flex flex-col gap-1.5">
      {row.differences.map((one) => (
        <div key={`${one.field} ${one.about}`}>
          <dt className="text-sm text-muted">{differenceName(one)}</dt>
          <dd className="flex flex-wrap gap-x-3">
            <span>
              <span className="text-muted">We want</span>{' '}
              <span className="text-strong">{sideWords(one, one.ours, currency)}</span>
            </span>
            <span>
              <span className="text-muted">Provider says</span>{' '}
              <span className="text-strong">{sideWords(one, one.theirs, currency)}</span>
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
