'use client';

import { Download } from 'lucide-react';
import { downloadText, toCsv } from '@/components/patterns/charts/csv';
import { PlainTable } from '@/components/patterns/table/plain-table';
import type { PlainColumn } from '@/components/patterns/table/table-types';
import { UpgradeCallout } from '@/components/patterns/upgrade-callout';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Quantity } from '@/components/ui/figures';
import type { UploadReportDto } from '@/lib/domains/trading/market-data/schemas';
import type { UploadOutcome } from './upload-outcome';

/** Rows shown at once; all that were reported are in the download. */
const SHOWN = 100;

/** What became of an upload: how many bars, and line by line what was wrong. */
export function UploadReport({ outcome, fileName }: { outcome: UploadOutcome; fileName: string }) {
  const { report } = outcome;
  return (
    <div className="grid gap-4">
      {outcome.kind === 'stored' ? (
        <Callout
          tone={outcome.report.rejected_count > 0 ? 'warning' : 'positive'}
          announce
          title={stored(outcome.report)}
        >
          {outcome.report.rejected_count > 0
            ? 'The rows below were left out. Correct them and upload the file again: what is already there is only replaced.'
            : null}
        </Callout>
      ) : null}
      {outcome.kind === 'refused' && outcome.upgrade ? (
        <UpgradeCallout
          stopped
          plan={outcome.upgrade.plan}
          {...(outcome.upgrade.name ? { planName: outcome.upgrade.name } : {})}
          message={outcome.detail}
        />
      ) : null}
      {outcome.kind === 'refused' && !outcome.upgrade ? (
        <Callout tone="negative" announce title="Nothing was stored">
          {outcome.detail}
          {outcome.reference && !report ? (
            <span className="block text-muted">Reference {outcome.reference}</span>
          ) : null}
        </Callout>
      ) : null}
      {report && report.rejected.length > 0 ? (
        <RejectedRows report={report} fileName={fileName} />
      ) : null}
    </div>
  );
}

function stored({ inserted, updated, rejected_count: rejected }: UploadReportDto): string {
  const count = (n: number, word: string) => `${n.toLocaleString('en')} ${word}`;
  const parts = [count(inserted, inserted === 1 ? 'bar added' : 'bars added')];
  if (updated > 0) parts.push(count(updated, 'replaced'));
  if (rejected > 0) parts.push(count(rejected, rejected === 1 ? 'row left out' : 'rows left out'));
  return parts.join(', ');
}

const columns: readonly PlainColumn<UploadReportDto['rejected'][number]>[] = [
  {
    id: 'line',
    header: 'Line',
    figures: true,
    inCard: 'lead',
    cell: ({ line }) => line.toLocaleString('en'),
  },
  { id: 'message', header: 'What is wrong', inCard: 'title', cell: ({ message }) => message },
  {
    id: 'code',
    header: 'Code',
    cell: ({ code }) => <span className="font-mono text-sm text-muted">{code}</span>,
  },
];

function RejectedRows({ report, fileName }: { report: UploadReportDto; fileName: string }) {
  const { rejected, rejected_count: total } = report;
  const download = () => {
    const rows = rejected.map(({ line, code, message }) => [line, code, message]);
    const name = `${fileName.replace(/\.\w+$/, '')}-bad-rows.csv`;
    downloadText(name, 'text/csv;charset=utf-8', toCsv(['line', 'code', 'message'], rows));
  };
  return (
    <section className="overflow-hidden rounded-lg border border-line">
      <header className="flex flex-wrap items-center justify-between gap-3 px-5 py-2.5">
        <h3 className="text-base">
          Bad rows: <Quantity value={total} />
        </h3>
        <Button size="sm" variant="secondary" icon={<Download />} onClick={download}>
          Download list
        </Button>
      </header>
      <PlainTable
        label="Bad rows of the upload"
        columns={columns}
        rows={rejected.slice(0, SHOWN)}
        rowKey={({ line, code }) => `${line} ${code}`}
      />
      {total > SHOWN ? (
        <p className="border-t border-line px-5 py-2.5 text-sm text-muted">
          The first {Math.min(SHOWN, rejected.length)} of {total.toLocaleString('en')} are shown;
          the download has the first {rejected.length.toLocaleString('en')}.
        </p>
      ) : null}
    </section>
  );
}
