import Link from 'next/link';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { Quantity } from '@/components/ui/figures';

type Row = { href: string; label: string; count: number };

/** Counts of a whole, each with its bar and the way to the rows behind it. */
export function Breakdown({
  title,
  rows,
  empty,
}: {
  title: string;
  rows: readonly Row[];
  empty?: string;
}) {
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <Card>
      <CardHeader title={title} />
      <CardBody>
        {rows.length === 0 ? <p className="text-base text-muted">{empty}</p> : null}
        <ul className="-mx-2 flex flex-col">
          {rows.map(({ href, label, count }) => (
            <li key={href}>
              <Link
                href={href}
                className="grid h-8 grid-cols-[7rem_1fr_3rem] items-center gap-3 rounded-md px-2 text-base transition-colors hover:bg-raised"
              >
                <span className="truncate">{label}</span>
                <span aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-raised">
                  <span
                    className="block h-full rounded-full bg-accent"
                    style={{ width: `${(count / most) * 100}%` }}
                  />
                </span>
                <span className="text-right text-strong">
                  <Quantity value={count} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
