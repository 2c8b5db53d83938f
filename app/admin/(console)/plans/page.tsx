import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { listAdminPlans } from '@/lib/domains/operator';
import { operatorPage } from '@/lib/transport/operator-page';
import { PlanTable } from './_components/plan-table';

export const metadata: Metadata = { title: 'Plans' };

export default async function PlansPage() {
  const { ctx } = await operatorPage();
  const plans = await listAdminPlans(ctx);
  return (
    <>
      <PageHeader
        title="Plans"
        description="What is sold, version by version. A published version never changes; who has it keeps it."
      />
      <PlanTable rows={plans} />
    </>
  );
}
