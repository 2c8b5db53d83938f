import type { ReactNode } from 'react';
import { Card, CardBody, CardHeader } from '@/components/ui/card';

/** Facts as name and value, dense. */
export function FactsCard({
  title,
  facts,
}: {
  title: string;
  facts: readonly { name: string; value: ReactNode }[];
}) {
  return (
    <Card>
      <CardHeader title={title} />
      <CardBody>
        <dl className="divide-y divide-line border-y border-line">
          {facts.map(({ name, value }) => (
            <div key={name} className="flex min-h-9 items-center justify-between gap-4 py-1.5">
              <dt className="text-base text-muted">{name}</dt>
              <dd className="min-w-0 truncate text-right text-base text-strong">{value}</dd>
            </div>
          ))}
        </dl>
      </CardBody>
    </Card>
  );
}
