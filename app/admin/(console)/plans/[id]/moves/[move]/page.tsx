import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { StatRow, StatTile } from '@/components/patterns/stat-tile';
import { Status } from '@/components/ui/badge';
import { Card, CardFooter, CardHeader } from '@/components/ui/card';
import { DateTime, Quantity } from '@/components/ui/figures';
import { LinkButton } from '@/components/ui/link-button';
import {
  getAdminPlan,
  getPlanMove,
  listPlanMoveParts,
  planMovePartQuery,
} from '@/lib/domains/operator';
import { foundOrNotFound } from '@/lib/transport/found';
import { operatorPage } from '@/lib/transport/operator-page';
import { momentWords, moveStanding } from '../../../_components/move-words';
import { ConfirmedAction } from '../../_components/plan-dialogs';
import { cancelMoveAction } from '../../../actions';
import { FollowMove } from './_components/follow-move';
import { PartsTable } from './_components/parts-table';

export const metadata: Metadata = { title: 'Move of subscribers' };

type Props = {
  params: Promise<{ id: string; move: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function PlanMovePage({ params, searchParams }: Props) {
  const { ctx, may } = await operatorPage();
  const { id, move: moveId } = await params;
  const { cursor } = await searchParams;
  const of = { id, move_id: moveId };
  const plan = await foundOrNotFound(getAdminPlan(ctx, id));
  const move = await foundOrNotFound(getPlanMove(ctx, of));
  const asked = planMovePartQuery.safeParse(typeof cursor === 'string' ? { cursor } : {});
  const parts = await listPlanMoveParts(ctx, of, asked.data ?? planMovePartQuery.parse({}));
  const { states } = move;
  const { tone, word } = moveStanding(move);
  const waiting = states.queued + states.noticed + states.asked;
  const here = `/admin/plans/${plan.id}/moves/${move.id}`;
  return (
    <>
      <PageHeader
        title={`${plan.name}: version ${move.from_versions.join(', ')} → ${move.to_version}`}
        description={`${momentWords[move.moment]}${move.moment === 'renewal' ? `, ${move.notice_days} days of notice before a higher price` : ''}.`}
        badge={<Status tone={tone}>{word}</Status>}
        crumbs={[
          { label: 'Plans', href: '/admin/plans' },
          { label: plan.name, href: `/admin/plans/${plan.id}` },
          { label: 'Move', href: here },
        ]}
        secondary={
          may('catalogue:write') && !move.finished && !move.cancelled_at ? (
            <ConfirmedAction
              title="Take back what hasn’t happened?"
              verb="Take the move back"
              keep="Let it go on"
              danger
              action={cancelMoveAction}
              fields={{ id: plan.id, move_id: move.id }}
            >
              Those who wait for it keep the version they have, and are told so if they were told of
              the move. Those who were moved stay moved.
            </ConfirmedAction>
          ) : null
        }
      />
      <FollowMove underWay={!move.finished} />
      <div className="flex flex-col gap-6">
        <StatRow>
          <StatTile
            name="Moved"
            value={<Quantity value={states.moved} />}
            note={`of ${move.total} when it was asked for`}
          />
          <StatTile
            name="Still to come"
            value={<Quantity value={waiting} />}
            note={move.spread || move.cancelled_at ? null : `${move.done} written down so far`}
          />
          <StatTile name="Left out" value={<Quantity value={states.left_out} />} />
          <StatTile name="Refused" value={<Quantity value={states.refused} />} />
        </StatRow>
        <Card>
          <CardHeader
            title="Tenant by tenant"
            description={
              <>
                Asked for on <DateTime value={move.asked_at} style="minute" />. You can leave this
                page: jobs go on with it.
              </>
            }
          />
          <PartsTable parts={parts.data} />
          {parts.next_cursor ? (
            <CardFooter>
              <span>More tenants are on the next page.</span>
              <LinkButton
                variant="secondary"
                size="sm"
                href={`${here}?${new URLSearchParams({ cursor: parts.next_cursor })}`}
              >
                Show more
              </LinkButton>
            </CardFooter>
          ) : null}
        </Card>
      </div>
    </>
  );
}
