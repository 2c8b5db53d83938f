/** The answer kept for an Idempotency-Key, with a fingerprint of the request that made it. */
export type StoredAnswer = {
  id: string;
  fingerprint: string;
  request: string;
  status: number;
  body: string;
};
