'use client';

import { Tags } from 'lucide-react';
import { EmptyState } from '@/components/patterns/empty-state';
import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { Status } from '@/components/ui/badge';
import { Money, Quantity } from '@/components/ui/figures';
import type { AdminPlan } from '@/lib/domains/operator/plans/schemas';

const shown = (plan: AdminPlan) =>
  plan.versions.find(({ version }) => version === plan.on_sale) ?? plan.versions[0];

const columns: readonly Column<AdminPlan>[] = [
  {
    id: 'name',
    header: 'Plan',
    cell: (plan) => <span className="font-medium text-strong">{plan.name}</span>,
  },
  {
    id: 'on_sale',
    header: 'On sale',
    inCard: 'lead',
    cell: (plan) =>
      plan.on_sale === null ? (
        <Status tone="neutral">Archived</Status>
      ) : (
        <Status tone="positive">Version {plan.on_sale}</Status>
      ),
  },
  {
    id: 'monthly',
    header: 'Monthly',
    figures: true,
    cell: (plan) => {
      const cents = shown(plan)?.content.prices.monthly ?? null;
      if (cents === null) return 'by quote';
      return <Money value={{ amount: cents, currency: plan.currency }} />;
    },
  },
  {
    id: 'subscriptions',
    header: 'Subscriptions',
    figures: true,
    cell: (plan) => (
      <Quantity value={plan.versions.reduce((sum, one) => sum + one.subscriptions, 0)} />
    ),
  },
  {
    id: 'draft',
    header: 'Draft',
    cell: (plan) => (plan.draft ? <Status tone="info">Being written</Status> : null),
  },
];

export function PlanTable({ rows }: { rows: readonly AdminPlan[] }) {
  return (
    <DataTable
      label="Plans"
      onPhone="cards"
      columns={columns}
      rows={rows}
      rowKey={(plan) => plan.id}
      rowHref={(plan) => `/admin/plans/${plan.id}`}
      empty={
        <EmptyState bare icon={<Tags />} title="No plans">
          The catalogue is empty: run the seed of the database.
        </EmptyState>
      }
    />
  );
}
