import type { ReactNode } from 'react';
import { PageHeader } from '@/components/patterns/page-header';
import { Money, Quantity } from '@/components/ui/figures';
import { ExportButton } from './export-button';

/** Above the rows behind a figure: what was asked, and the figure they add up to. */
export function ListHeader({
  title,
  crumb,
  page,
  unit,
  path,
  fileName,
  signed = false,
  tabs,
}: {
  title: ReactNode;
  crumb: string;
  page: { total: { amount: number; currency: string }; count: number };
  /** What the rows are: one and several. */
  unit: readonly [string, string];
  path: string;
  fileName: string;
  signed?: boolean;
  tabs?: ReactNode;
}) {
  return (
    <PageHeader
      title={title}
      description={
        <>
          <Quantity value={page.count} /> {page.count === 1 ? unit[0] : unit[1]}, together{' '}
          <strong className="font-semibold text-strong">
            <Money value={page.total} signed={signed} />
          </strong>
        </>
      }
      crumbs={[{ label: 'Revenue', href: '/admin/revenue' }, { label: crumb }]}
      secondary={page.count > 0 ? <ExportButton path={path} fileName={fileName} /> : null}
      tabs={tabs}
    />
  );
}
