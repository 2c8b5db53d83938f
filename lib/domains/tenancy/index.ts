export { addTenant, type NewTenant } from './add-tenant';
export { updateBranding } from './change-branding';
export { changeMemberRole } from './change-member-role';
export { checkSlug, deriveSlug, type SlugVerdict } from './check-slug';
export { closeTenantRow, GRACE_DAYS, reopenTenantRow } from './close-tenant';
export { findAsset, type PublicAsset } from './find-asset';
export { findPublicTenant, type PublicTenant } from './find-public-tenant';
export { getBranding } from './get-branding';
export { getMember } from './get-member';
export { getSeats, type Seats } from './get-seats';
export { getTenant } from './get-tenant';
export { holdTenantRow, liftTenantRow } from './hold-tenant';
export { listMembers } from './list-members';
export { allTenantsOf, listOwnTenant, listTenantsOf } from './list-tenants';
export { countSeats, lockMembers, presentMember } from './member-store';
export { mayCloseTenant, mayGiveRole } from './policy';
export { presentTenant, type TenantRow } from './present-tenant';
export { removeMember } from './remove-member';
export { requireVerified } from './require-verified';
export {
  type BrandingChange,
  type BrandingDto,
  brandingChange,
  brandingDto,
  emailSchema,
  type ListQuery,
  type LogoVariant,
  listQuery,
  logoParams,
  logoVariantSchema,
  type MemberChange,
  type MemberDto,
  memberChange,
  memberDto,
  memberPage,
  memberParams,
  nameSchema,
  type TenantChange,
  type TenantDto,
  type TenantStatus,
  type TenantType,
  tenantChange,
  tenantDto,
  tenantPage,
  tenantParams,
  tenantTypeSchema,
} from './schemas';
export { setTenantStatus } from './set-tenant-status';
export { assetPath, type StoredBranding, storedBranding } from './stored-branding';
export { dashboardUrl, rootUrl } from './tenant-urls';
export { updateTenant } from './update-tenant';
export { LOGO_BYTES, removeLogo, uploadLogo } from './upload-logo';
