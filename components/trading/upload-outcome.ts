import { z } from 'zod';
import type { UploadAnswer } from '@/components/patterns/use-upload';
import { type UploadReportDto, uploadReportDto } from '@/lib/domains/trading/market-data/schemas';

/** What an upload came to. A refusal has a report when rows were at fault. */
export type UploadOutcome =
  | { kind: 'stored'; report: UploadReportDto }
  | {
      kind: 'refused';
      detail: string;
      reference: string | null;
      /** The plan that lifts the limit. */
      upgrade: { plan: string; name?: string } | null;
      report: UploadReportDto | null;
    };

const problemSchema = z.object({
  detail: z.string(),
  request_id: z.string().nullish(),
  upgrade_to: z.string().nullish(),
  upgrade_name: z.string().nullish(),
});

/** Reads the answer to an upload, whatever came back. */
export function readUploadAnswer({ status, body }: UploadAnswer): UploadOutcome {
  const report = uploadReportDto.safeParse(body);
  if (status === 200 && report.success) return { kind: 'stored', report: report.data };
  const problem = problemSchema.safeParse(body);
  const detail = problem.success
    ? problem.data.detail
    : `The server answered ${status}. Nothing is known to be stored; try again in a moment.`;
  const { upgrade_to: plan, upgrade_name: name, request_id: reference } = problem.data ?? {};
  return {
    kind: 'refused',
    detail,
    reference: reference ?? null,
    upgrade: plan ? { plan, ...(name ? { name } : {}) } : null,
    report: report.success ? report.data : null,
  };
}
