import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { Status } from '@/components/ui/badge';
import { getAdminPlan, getReprice, listPlanMoves } from '@/lib/domains/operator';
import { foundOrNotFound } from '@/lib/transport/found';
import { operatorPage } from '@/lib/transport/operator-page';
import { DraftForm } from './_components/draft-form';
import { DraftReview } from './_components/draft-review';
import { ArchiveDialog, DiscardDialog, PublishDialog } from './_components/plan-dialogs';
import { MoveCard } from './_components/move-card';
import { RepriceCard } from './_components/reprice-card';
import { VersionsCard } from './_components/versions-card';

export const metadata: Metadata = { title: 'Plan' };

type Props = { params: Promise<{ id: string }> };

export default async function PlanPage({ params }: Props) {
  const { ctx, may } = await operatorPage();
  const plan = await foundOrNotFound(getAdminPlan(ctx, (await params).id));
  const seesRevenue = may('revenue:read');
  const report = seesRevenue ? await getReprice(ctx, plan.id) : null;
  const moves = await listPlanMoves(ctx, plan.id);
  const { draft, on_sale, versions } = plan;
  const content = draft?.content ?? versions[0]?.content;
  const mayEdit = may('catalogue:write');
  return (
    <>
      <PageHeader
        title={plan.name}
        description="The version on sale, those before it, and the one being written."
        badge={
          on_sale === null ? (
            <Status tone="neutral">Archived</Status>
          ) : (
            <Status tone="positive">Version {on_sale} on sale</Status>
          )
        }
        crumbs={[
          { label: 'Plans', href: '/admin/plans' },
          { label: plan.name, href: `/admin/plans/${plan.id}` },
        ]}
        action={mayEdit && draft ? <PublishDialog plan={plan} draft={draft} /> : null}
        secondary={
          mayEdit ? (
            <>
              {draft ? <DiscardDialog plan={plan} draft={draft} /> : null}
              {on_sale === null ? null : <ArchiveDialog plan={plan} version={on_sale} />}
            </>
          ) : null
        }
      />
      <div className="flex flex-col gap-6">
        {draft ? <DraftReview draft={draft} plan={plan} /> : null}
        {content ? <DraftForm plan={plan} content={content} mayEdit={mayEdit} /> : null}
        {seesRevenue ? (
          <RepriceCard
            planId={plan.id}
            hasDraft={draft !== null}
            onSale={versions.length > 1 ? on_sale : null}
            mayAsk={mayEdit}
            report={report}
          />
        ) : null}
        <VersionsCard plan={plan} />
        <MoveCard plan={plan} moves={moves} mayMove={mayEdit} />
      </div>
    </>
  );
}
