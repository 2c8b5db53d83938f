import { strategyPresets } from '@/lib/domains/trading/strategies';
import type { TwoTenants } from './two-tenants';

type Fields = Record<string, string | File>;

/** Fields as the form would send them, naming what is the victim's. Null: nothing of a tenant's is touched. */
type ActionCase = ((world: TwoTenants) => Fields) | null;

const definition = JSON.stringify(strategyPresets[0]?.definition ?? {});
const logo = () => new File([new Uint8Array(64)], 'logo.png', { type: 'image/png' });

/** What is tried at every server action, by file and name. One that isn't here fails the test. */
export const actionCases: Record<string, ActionCase> = {
  '(auth)/confirm confirmAction': null,
  '(auth)/forgot-password requestResetAction': null,
  '(auth)/invite acceptInvitationAction': null,
  '(auth)/reset resetPasswordAction': null,
  '(auth)/sign-in signInAction': null,
  '(auth)/sign-up checkAddressAction': null,
  '(auth)/sign-up signUpAction': null,
  '(auth)/verify verifyAction': null,
  'tenant/[slug]/_shell resendVerificationAction': null,
  'tenant/[slug]/account changePasswordAction': null,
  'tenant/[slug]/account endOtherSessionsAction': null,
  'tenant/[slug]/account endSessionAction': null,
  'tenant/[slug]/account updateMeAction': null,
  'tenant/[slug]/api-keys createKeyAction': () => ({
    name: 'mine',
    'scopes[]': 'strategies:read',
    expires_in_days: '30',
  }),
  'tenant/[slug]/api-keys revokeKeyAction': (w) => ({ id: w.owned.apiKey }),
  'tenant/[slug]/api-keys rotateKeyAction': (w) => ({
    id: w.owned.apiKey,
    overlap_seconds: '0',
  }),
  'tenant/[slug]/backtests cancelBacktestAction': (w) => ({ id: w.owned.backtest }),
  'tenant/[slug]/backtests removeBacktestAction': (w) => ({ id: w.owned.backtest }),
  'tenant/[slug]/backtests startBacktestAction': (w) => ({
    strategy_id: w.owned.strategy,
    symbol: 'SPX 1d',
    cash: '1000',
  }),
  'tenant/[slug]/billing cancelAction': (w) => ({
    subscription_id: w.owned.subscription,
    when: 'now',
  }),
  'tenant/[slug]/billing changePlanAction': (w) => ({
    subscription_id: w.owned.subscription,
    plan_id: 'enterprise',
    billing_cycle: 'monthly',
    when: 'now',
  }),
  'tenant/[slug]/billing refreshCheckoutAction': () => ({}),
  'tenant/[slug]/billing addCardAction': (w) => ({ subscription_id: w.owned.subscription }),
  'tenant/[slug]/billing billingDetailsAction': () => ({ company_name: 'Mine' }),
  'tenant/[slug]/billing setAddOnsAction': (w) => ({
    subscription_id: w.owned.subscription,
    add_ons: '[]',
  }),
  'tenant/[slug]/billing applyDiscountAction': (w) => ({
    subscription_id: w.owned.subscription,
    code: 'CODE',
  }),
  'tenant/[slug]/billing removeDiscountAction': (w) => ({ subscription_id: w.owned.subscription }),
  'tenant/[slug]/billing pauseAction': (w) => ({ subscription_id: w.owned.subscription }),
  'tenant/[slug]/billing reactivateAction': (w) => ({ subscription_id: w.owned.subscription }),
  'tenant/[slug]/billing withdrawChangeAction': (w) => ({ subscription_id: w.owned.subscription }),
  'tenant/[slug]/billing resumeAction': (w) => ({ subscription_id: w.owned.subscription }),
  'tenant/[slug]/billing setOverageAction': () => ({
    meter: 'api_calls',
    mode: 'budget',
    currency: 'usd',
    budget: '12,50',
  }),
  'tenant/[slug]/billing startSubscriptionAction': () => ({
    plan_id: 'professional',
    billing_cycle: 'monthly',
    start: 'trial',
  }),
  'tenant/[slug]/billing/overdue payOverdueAction': (w) => ({
    subscription_id: w.owned.subscription,
  }),
  'tenant/[slug]/billing/quotes acceptQuoteAction': (w) => ({
    quote_id: w.owned.quote,
    revision: '1',
  }),
  'tenant/[slug]/billing/quotes declineQuoteAction': (w) => ({
    quote_id: w.owned.quote,
    revision: '1',
  }),
  'tenant/[slug]/billing/quotes requestQuoteAction': () => ({
    billing_cycle: 'annual',
    message: 'mine',
  }),
  'tenant/[slug]/market-data createInstrumentAction': () => ({ symbol: 'MINE' }),
  'tenant/[slug]/market-data deleteInstrumentAction': (w) => ({ symbol: w.owned.symbol }),
  'tenant/[slug]/market-data updateInstrumentAction': (w) => ({
    symbol: w.owned.symbol,
    name: 'Taken over',
  }),
  'tenant/[slug]/members changeRoleAction': (w) => ({ id: w.owned.member, role: 'viewer' }),
  'tenant/[slug]/members inviteAction': () => ({ email: 'me@example.org', role: 'admin' }),
  'tenant/[slug]/members removeMemberAction': (w) => ({ id: w.owned.member }),
  'tenant/[slug]/settings removeLogoAction': () => ({ variant: 'light' }),
  'tenant/[slug]/settings updateBrandingAction': () => ({ accent: '#aa0000' }),
  'tenant/[slug]/settings updateTenantAction': () => ({ name: 'Taken over' }),
  'tenant/[slug]/settings uploadLogoAction': () => ({ variant: 'light', logo: logo() }),
  'tenant/[slug]/strategies archiveStrategyAction': (w) => ({
    id: w.owned.strategy,
    archived: 'true',
  }),
  'tenant/[slug]/strategies createStrategyAction': () => ({ name: 'mine', definition }),
  'tenant/[slug]/strategies saveStrategyAction': (w) => ({
    id: w.owned.strategy,
    name: 'Taken over',
    definition,
    expected_version: '1',
  }),
};
