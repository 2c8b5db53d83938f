import { PlainTable } from '@/components/patterns/table/plain-table';
import type { PlainColumn } from '@/components/patterns/table/table-types';
import { Callout } from '@/components/ui/callout';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import type { AdminPlan } from '@/lib/domains/operator/plans/schemas';
import { partName, partText } from '../../_components/plan-words';

type Draft = NonNullable<AdminPlan['draft']>;
type Finding = Draft['review']['faults'][number];
type Change = Draft['review']['changes'][number];

function Findings({
  tone,
  title,
  findings,
}: {
  tone: 'negative' | 'warning';
  title: string;
  findings: readonly Finding[];
}) {
  if (findings.length === 0) return null;
  return (
    <Callout tone={tone} title={title}>
      <ul className="flex flex-col gap-1">
        {findings.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            {partName(path)}: {message}
          </li>
        ))}
      </ul>
    </Callout>
  );
}

const columnsOf = (currency: string): PlainColumn<Change>[] => [
  {
    id: 'part',
    header: 'Part',
    cell: ({ path }) => <span className="max-sm:font-medium sm:text-muted">{partName(path)}</span>,
  },
  { id: 'now', header: 'Now', cell: ({ path, before }) => partText(path, before, currency) },
  {
    id: 'draft',
    header: 'Draft',
    cell: ({ path, after }) => (
      <span className="font-medium text-strong">{partText(path, after, currency)}</span>
    ),
  },
];

/** What the draft changes against the newest version, and what is to be known before it is published. */
export function DraftReview({ draft, plan }: { draft: Draft; plan: AdminPlan }) {
  const { faults, warnings, changes } = draft.review;
  return (
    <Card>
      <CardHeader
        title="Review"
        description={`Against version ${plan.versions[0]?.version ?? 0}, the newest.`}
      />
      <CardBody className="flex flex-col gap-4">
        <Findings tone="negative" title="Keeps it from being published" findings={faults} />
        <Findings tone="warning" title="Look twice" findings={warnings} />
        {changes.length === 0 ? (
          <p className="text-muted">The draft says what the newest version says.</p>
        ) : (
          <div className="-mx-5">
            <PlainTable
              label="What the draft changes"
              columns={columnsOf(plan.currency)}
              rows={changes}
              rowKey={({ path }) => path}
            />
          </div>
        )}
      </CardBody>
    </Card>
  );
}
