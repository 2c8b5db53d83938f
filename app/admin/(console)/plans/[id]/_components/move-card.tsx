import Link from 'next/link';
import { PlainTable } from '@/components/patterns/table/plain-table';
import type { PlainColumn } from '@/components/patterns/table/table-types';
import { Status } from '@/components/ui/badge';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { DateTime, Quantity } from '@/components/ui/figures';
import type { PlanMoveDto } from '@/lib/domains/operator/moves/schemas';
import type { AdminPlan } from '@/lib/domains/operator/plans/schemas';
import { momentWords, moveStanding } from '../../_components/move-words';
import { MoveForm } from './move-form';

const columns: PlainColumn<PlanMoveDto>[] = [
  {
    id: 'move',
    header: 'Move',
    cell: (move) => (
      <Link
        href={`/admin/plans/${move.plan_id}/moves/${move.id}`}
        className="font-medium text-strong underline-offset-2 hover:underline"
      >
        {move.from_versions.join(', ')} → {move.to_version}
      </Link>
    ),
  },
  { id: 'when', header: 'When', cell: (move) => momentWords[move.moment] },
  {
    id: 'asked',
    header: 'Asked',
    cell: (move) => <DateTime value={move.asked_at} style="minute" />,
  },
  {
    id: 'moved',
    header: 'Moved',
    figures: true,
    cell: ({ states, total }) => (
      <>
        <Quantity value={states.moved} /> of <Quantity value={total} />
      </>
    ),
  },
  {
    id: 'standing',
    header: 'State',
    cell: (move) => {
      const { tone, word } = moveStanding(move);
      return <Status tone={tone}>{word}</Status>;
    },
  },
];

/** Older versions that somebody still has. */
function heldVersions({ versions, on_sale }: AdminPlan) {
  return versions.filter(({ version, subscriptions }) => version !== on_sale && subscriptions > 0);
}

/** Takes those who have older versions to the one on sale. */
export function MoveCard({
  plan,
  moves,
  mayMove,
}: {
  plan: AdminPlan;
  moves: readonly PlanMoveDto[];
  mayMove: boolean;
}) {
  const held = heldVersions(plan);
  const { on_sale: onSale } = plan;
  if (held.length === 0 && moves.length === 0) return null;
  return (
    <Card>
      <CardHeader
        title="Move subscribers"
        description="Who has an older version keeps it until they are moved. Each is told by mail, and a higher price waits for a renewal that leaves the days of notice."
      />
      {mayMove && onSale !== null && held.length > 0 ? (
        <CardBody>
          <MoveForm
            // What is chosen was chosen for one version; when another is on sale, it begins anew.
            key={onSale}
            planId={plan.id}
            onSale={onSale}
            held={held.map(({ version, subscriptions }) => ({ version, subscriptions }))}
          />
        </CardBody>
      ) : null}
      {moves.length > 0 ? (
        <PlainTable
          label="Moves of subscribers"
          columns={columns}
          rows={moves}
          rowKey={({ id }) => id}
        />
      ) : null}
    </Card>
  );
}
