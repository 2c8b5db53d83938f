import type { Metadata } from 'next';
import { PageHeader } from '@/components/patterns/page-header';
import { adminOperatorQuery, listOperators } from '@/lib/domains/operator';
import { publicId } from '@/lib/kernel/ids';
import { operatorPage } from '@/lib/transport/operator-page';
import { NotYourRole } from '../_components/not-your-role';
import { AddOperatorDialog } from './_components/add-operator-dialog';
import { OperatorTable } from './_components/operator-table';

export const metadata: Metadata = { title: 'Operators' };

export default async function OperatorsPage() {
  const { ctx, operator, may } = await operatorPage();
  if (!may('operators:write')) return <NotYourRole page="Operators" whose="administrators" />;
  const page = await listOperators(ctx, adminOperatorQuery.parse({}));
  return (
    <>
      <PageHeader
        title="Operators"
        description="Who runs the platform, and what each may do. Support looks, finance moves money, administrators decide over tenants, plans and operators."
        action={<AddOperatorDialog />}
      />
      <OperatorTable
        rows={page.data}
        nextCursor={page.next_cursor}
        own={publicId('operator', operator.operatorId)}
      />
    </>
  );
}
