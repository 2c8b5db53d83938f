export { admitAnonymous, admitCall, drainAdmissions, refundCall } from './admission';
export type { Admission } from './call-flush';
export { countApiKeys } from './api-key-store';
export { createApiKey } from './create-api-key';
export { type FoundApiKey, findApiKey, forgetApiKeys } from './find-api-key';
export { getKeyOptions } from './get-key-options';
export {
  type Begun,
  beginIdempotent,
  completeIdempotent,
  type IdempotentRecord,
  keepContent,
  releaseIdempotent,
  type StoredAnswer,
} from './idempotency';
export { listApiKeys } from './list-api-keys';
export { revokeApiKey } from './revoke-api-key';
export { rotateApiKey } from './rotate-api-key';
export {
  type ApiKeyDto,
  apiKeyDto,
  apiKeyPage,
  apiKeyParams,
  apiKeyQuery,
  createApiKeyInput,
  type KeyOptions,
  type NewApiKeyDto,
  newApiKeyDto,
  rotateApiKeyInput,
} from './schemas';
