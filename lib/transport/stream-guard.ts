import type { Permission } from '@/lib/kernel/access';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { watchAccess } from './access-watch';
import { problemOf } from './error-map';
import { streamCaller } from './stream-caller';

/** Why a stream was closed: the close code of a WebSocket, the data of a last event otherwise. */
export type StreamEnd = { code: number; reason: string };

export type StreamGuard = {
  /** The caller as last seen: a role may change while a stream is open. */
  ctx(): Ctx;
  /** Whether a message may still be sent. */
  allowed(): Promise<boolean>;
  stop(): void;
};

/** An answer is good for this long, in ms: should no change be told, a message still waits for it. */
const GOOD_MS = 800;
/** After a change it is asked twice: a look-up under way at that moment may have been remembered. */
const AGAIN_MS = 900;

/** Close codes are 4000 and the status that the next call would get; no membership is no sign-in. */
function endOf(status: number): StreamEnd {
  if (status === 423) return { code: 4423, reason: 'tenant suspended' };
  if (status === 403) return { code: 4403, reason: 'no longer allowed' };
  if (status === 402) return { code: 4402, reason: 'not in the plan' };
  return { code: 4401, reason: 'signed out' };
}

/**
 * Watches over an open stream: when key, session or membership end, the role loses the right or the
 * tenant is suspended, `end` is called, once, within a second.
 */
export function guardStream(
  headers: Headers,
  opened: { ctx: Ctx; permission: Permission },
  end: (why: StreamEnd) => void,
): StreamGuard {
  const tenant = publicId('tenant', opened.ctx.tenantId);
  let ctx = opened.ctx;
  let askedAt = Date.now();
  let ended = false;
  let timer: NodeJS.Timeout | undefined;

  async function ask(): Promise<boolean> {
    if (ended) return false;
    askedAt = Date.now();
    try {
      ctx = await streamCaller(headers, tenant);
      authorise(ctx, opened.permission);
    } catch (error) {
      const { status } = problemOf(error, ctx.requestId);
      // A fault of ours says nothing about the credential.
      if (status < 500 && !ended) {
        stop();
        end(endOf(status));
      }
    }
    return !ended;
  }

  const unwatch = watchAccess(opened.ctx, () => {
    void ask();
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), AGAIN_MS);
    timer.unref();
  });
  function stop(): void {
    ended = true;
    clearTimeout(timer);
    unwatch();
  }

  return {
    ctx: () => ctx,
    allowed: async () => !ended && (Date.now() - askedAt < GOOD_MS || (await ask())),
    stop,
  };
}
