export { closeTenant } from './close-tenant';
export { confirmByLink, getLink, type LinkView } from './confirm-by-link';
export { countStanding, type Standing } from './count-standing';
export { createTenant } from './create-tenant';
export {
  createTenantInput,
  type NewTenantDto,
  newTenantDto,
  signUpInput,
  slugQuery,
} from './schemas';
export { type SignedUp, signUp } from './sign-up';
