import type { Metadata } from 'next';
import { Suspense } from 'react';
import { BrandTheme } from '@/components/patterns/brand-theme';
import { ChartSpecimens } from './_components/chart-specimens';
import { ControlSpecimens } from './_components/control-specimens';
import { FormSpecimens } from './_components/form-specimens';
import { OverlaySpecimens } from './_components/overlay-specimens';
import { SpecimenShell } from './_components/specimen-shell';
import { StateSpecimens } from './_components/state-specimens';
import { TableSpecimens } from './_components/table-specimens';
import { TokenSpecimens } from './_components/token-specimens';

export const metadata: Metadata = { title: 'Design', robots: { index: false } };

/** The living page of the design: `?accent=7a1fa2&sidebar=101828` shows it in a tenant's colours. */
export default async function DesignPage({
  searchParams,
}: {
  searchParams: Promise<{ accent?: string; sidebar?: string }>;
}) {
  const { accent, sidebar } = await searchParams;
  const colours = accent ? { accent: `#${accent}`, sidebar: sidebar && `#${sidebar}` } : null;
  return (
    <>
      <BrandTheme colours={colours} />
      <Suspense>
        <SpecimenShell>
          <div className="flex flex-col gap-12">
            <TokenSpecimens />
            <ControlSpecimens />
            <FormSpecimens />
            <TableSpecimens />
            <StateSpecimens />
            <ChartSpecimens />
            <OverlaySpecimens />
          </div>
        </SpecimenShell>
      </Suspense>
    </>
  );
}
