import {
  getEntitlements,
  planWithRoom,
  readPlanLadder,
  seenFrom,
} from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { countSeats } from './member-store';

export type Seats = {
  /** False when trial or subscription is over: nobody is added then. */
  subscribed: boolean;
  /** Members and open invitations. */
  used: number;
  /** Null: unlimited. */
  limit: number | null;
  /** The smallest plan with one more, when all are taken. */
  liftedBy: { id: string; name: string } | null;
};

/** How many seats are taken, by the rules by which an invitation takes one. Throws `forbidden` without `members:read`. */
export async function getSeats(ctx: Ctx): Promise<Seats> {
  authorise(ctx, 'members:read');
  return withTenant(ctx, async (tx) => {
    const { limits, planId, source } = await getEntitlements(tx, ctx);
    const limit = limits.members;
    const subscribed = source !== 'none';
    const used = await countSeats(tx, ctx);
    if (limit === null || used < limit) {
      return { subscribed, used, limit, liftedBy: null };
    }
    const { larger } = seenFrom(await readPlanLadder(tx, ctx.clock.now()), planId);
    const better = planWithRoom(larger, 'members', used + 1);
    return {
      subscribed,
      used,
      limit,
      liftedBy: better && { id: better.planId, name: better.name },
    };
  });
}
