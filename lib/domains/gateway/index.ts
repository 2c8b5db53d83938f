export {
  admitAnonymous,
  admitCall,
  drainAdmissions,
  refundCall,
} from './admission';
export type { Admission } from './call-flush';
export { type FoundApiKey, findApiKey } from './find-api-key';
export {
  abandonIdempotent,
  type Begun,
  beginIdempotent,
  completeIdempotent,
  type IdempotentRecord,
  type StoredAnswer,
} from './idempotency';
