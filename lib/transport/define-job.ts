import type { JobHandler, JobRun } from '@/lib/infra/queue';
import { log } from '@/lib/infra/log';
import { clockOf } from '@/lib/infra/tenant-clock';
import { systemClock } from '@/lib/kernel/clock';
import type { Ctx, RequestInfo } from '@/lib/kernel/ctx';
import { type DomainError, isDomainError } from '@/lib/kernel/errors';
import { newRequestId } from './error-map';

/** Refusals that no repetition can change. */
const FINAL = new Set<DomainError['kind']>([
  'malformed',
  'forbidden',
  'not_found',
  'invalid',
  'unsupported_media',
  'too_large',
]);

/**
 * What the worker runs for a job: builds ctx with the job as its actor, checks the payload, and
 * turns errors into "try again" (throws) or "give up" (logs and returns).
 */
export function defineJob(handler: JobHandler): (payload: unknown, run: JobRun) => Promise<void> {
  const { contract } = handler;
  return async (payload, run) => {
    const info: RequestInfo = {
      requestId: newRequestId(),
      clock: systemClock,
      ip: null,
      userAgent: null,
    };
    const parsed = contract.payload.safeParse(payload);
    if (!parsed.success) {
      log().error(
        { job: contract.name, issues: parsed.error.issues },
        'job with a bad payload given up',
      );
      return;
    }
    try {
      await handler.run(await jobCtx(handler, info, parsed.data), parsed.data, run);
    } catch (error) {
      if (isDomainError(error) && FINAL.has(error.kind)) {
        log().error({ job: contract.name, err: error, ...info }, 'job given up');
        return;
      }
      throw error;
    }
  };
}

async function jobCtx(
  { contract }: JobHandler,
  info: RequestInfo,
  payload: object,
): Promise<Ctx | RequestInfo> {
  if (contract.scope === 'system') return info;
  const { tenantId } = payload as { tenantId: string };
  const clock = await clockOf(tenantId);
  return { ...info, tenantId, actor: { kind: 'job', name: contract.name }, clock };
}
