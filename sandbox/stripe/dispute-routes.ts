import type Stripe from 'stripe';
import { invalid } from '@/sandbox/http/errors';
import { listRoute, route } from '@/sandbox/http/route';
import { type Api, mergeMetadata } from '@/sandbox/stripe/api';
import { closeDispute } from '@/sandbox/stripe/disputes';
import type { Dispute } from '@/sandbox/stripe/wire';

type Params = Stripe.DisputeUpdateParams;

const OPEN = new Set(['needs_response', 'warning_needs_response']);

/** Takes evidence; submitted, it goes to the bank, which decides by Stripe's words for tests in its text. */
function answer(api: Api, id: string, p: Params): Dispute {
  const before = api.require('dispute', id);
  if (!OPEN.has(before.status)) throw invalid('This dispute is closed or under review already.');
  const text = p.evidence?.uncategorized_text;
  const evidence =
    text === undefined ? before.evidence : { ...before.evidence, uncategorized_text: text };
  const submits = p.submit ?? true;
  const after = api.update('dispute', id, {
    evidence,
    evidence_details: {
      ...before.evidence_details,
      has_evidence: text !== undefined || before.evidence_details.has_evidence,
      submission_count: before.evidence_details.submission_count + (submits ? 1 : 0),
    },
    metadata: mergeMetadata(before.metadata, p.metadata),
    ...(submits ? { status: 'under_review' } : {}),
  });
  if (!submits) return after;
  if (evidence.uncategorized_text === 'winning_evidence') return closeDispute(api, id, 'won');
  if (evidence.uncategorized_text === 'losing_evidence') return closeDispute(api, id, 'lost');
  return after;
}

export const disputeRoutes = [
  listRoute(
    'GET /v1/disputes',
    'charge payment_intent created',
    'dispute',
    (p: Stripe.DisputeListParams, row) =>
      (!p.charge || row.charge === p.charge) &&
      (!p.payment_intent || row.payment_intent === p.payment_intent),
  ),
  route('GET /v1/disputes/:id', '', (_, { api, id }) => api.require('dispute', id)),
  route<Params>(
    'POST /v1/disputes/:id',
    'evidence.uncategorized_text metadata submit',
    (p, { api, id }) => answer(api, id, p),
  ),
  route('POST /v1/disputes/:id/close', '', (_, { api, id }) => {
    if (!OPEN.has(api.require('dispute', id).status))
      throw invalid('This dispute is closed already.');
    return closeDispute(api, id, 'lost');
  }),
];
