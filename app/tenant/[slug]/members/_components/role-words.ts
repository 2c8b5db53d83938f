import type { MemberDto } from '@/lib/domains/tenancy';
import type { Role } from '@/lib/kernel/access';

/** What each role is called and may, in a line. */
export const roleWords: Record<Role, { label: string; description: string }> = {
  owner: { label: 'Owner', description: 'Everything, closing the organisation included.' },
  admin: { label: 'Admin', description: 'Everything but closing the organisation.' },
  manager: { label: 'Manager', description: 'Research, members and API keys.' },
  trader: { label: 'Trader', description: 'Research and trading accounts.' },
  analyst: { label: 'Analyst', description: 'Market data, strategies and back-tests.' },
  viewer: { label: 'Viewer', description: 'Looks, changes nothing.' },
  auditor: { label: 'Auditor', description: 'Looks at everything, the audit log included.' },
  billing: { label: 'Billing', description: 'Plan, payments and invoices.' },
};

/** What a membership's state is called. */
export const statusWords: Record<MemberDto['status'], string> = {
  active: 'Active',
  invited: 'Invited',
  pending: 'Not confirmed yet',
};
