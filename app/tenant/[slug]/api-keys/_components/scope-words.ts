import type { Area } from '@/lib/kernel/access';

/** What each area of the API is called in the dashboard. */
export const areaWords: Record<Area, string> = {
  tenant: 'Organisation and branding',
  billing: 'Billing',
  members: 'Members',
  api_keys: 'API keys',
  usage: 'Usage',
  market_data: 'Market data',
  strategies: 'Strategies',
  backtests: 'Back-tests',
  models: 'Models',
  accounts: 'Trading accounts',
  webhooks: 'Webhooks',
  audit: 'Audit log',
};
