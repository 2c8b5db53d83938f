import { Callout } from '@/components/ui/callout';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table';
import type { AdminPlan } from '@/lib/domains/operator/plans/schemas';
import { partName, partText } from '../../_components/plan-words';

type Draft = NonNullable<AdminPlan['draft']>;
type Finding = Draft['review']['faults'][number];

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
          <Table label="What the draft changes">
            <TableHead>
              <TableRow>
                <TableHeader>Part</TableHeader>
                <TableHeader>Now</TableHeader>
                <TableHeader>Draft</TableHeader>
              </TableRow>
            </TableHead>
            <TableBody>
              {changes.map(({ path, before, after }) => (
                <TableRow key={path}>
                  <TableCell className="text-muted">{partName(path)}</TableCell>
                  <TableCell>{partText(path, before, plan.currency)}</TableCell>
                  <TableCell className="font-medium text-strong">
                    {partText(path, after, plan.currency)}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </CardBody>
    </Card>
  );
}
