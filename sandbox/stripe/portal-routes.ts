import type Stripe from 'stripe';
import { invalid } from '@/sandbox/http/errors';
import { listRoute, route } from '@/sandbox/http/route';
import { type Api, mergeMetadata } from '@/sandbox/stripe/api';
import { newId } from '@/sandbox/stripe/ids';
import type { PortalConfiguration } from '@/sandbox/stripe/wire';

type Asked = Pick<
  Stripe.BillingPortal.ConfigurationCreateParams,
  'business_profile' | 'default_return_url' | 'metadata' | 'name'
> & {
  features?: {
    invoice_history?: { enabled?: boolean };
    payment_method_update?: { enabled?: boolean };
    subscription_cancel?: { enabled?: boolean; mode?: string };
  };
};

/** The three things the portal's page can do are on unless switched off; the others are always off. */
function createConfiguration(api: Api, asked: Asked, isDefault: boolean): PortalConfiguration {
  const { features = {}, business_profile: profile } = asked;
  const now = api.realNow();
  const configuration = api.store.put('billing_portal.configuration', {
    id: newId('bpc'),
    object: 'billing_portal.configuration',
    active: true,
    application: null,
    business_profile: {
      headline: profile?.headline || null,
      privacy_policy_url: profile?.privacy_policy_url || null,
      terms_of_service_url: profile?.terms_of_service_url || null,
    },
    created: now,
    default_return_url: asked.default_return_url || null,
    features: {
      customer_update: { allowed_updates: [], enabled: false },
      invoice_history: { enabled: features.invoice_history?.enabled ?? isDefault },
      payment_method_update: {
        enabled: features.payment_method_update?.enabled ?? isDefault,
        payment_method_configuration: null,
      },
      subscription_cancel: {
        cancellation_reason: { enabled: false, feedback_options: null, options: [] },
        enabled: features.subscription_cancel?.enabled ?? isDefault,
        mode: features.subscription_cancel?.mode ?? 'at_period_end',
        proration_behavior: 'none',
      },
      subscription_pause: {
        duration: { interval_options: [], type: 'indefinite' },
        enabled: false,
      },
      subscription_update: {
        billing_cycle_anchor: null,
        default_allowed_updates: [],
        enabled: false,
        proration_behavior: 'none',
        schedule_at_period_end: { conditions: [] },
        trial_update_behavior: 'end_trial',
      },
    },
    is_default: isDefault,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: mergeMetadata({}, asked.metadata),
    name: asked.name || null,
    updated: now,
  });
  api.emit('billing_portal.configuration.created', configuration);
  return configuration;
}

function defaultConfiguration(api: Api): PortalConfiguration {
  return (
    api.store.all('billing_portal.configuration').find((each) => each.is_default) ??
    createConfiguration(api, {}, true)
  );
}

export const portalRoutes = [
  route<Stripe.BillingPortal.SessionCreateParams>(
    'POST /v1/billing_portal/sessions',
    'customer return_url configuration locale',
    (p, { api }) => {
      const customer = api.require('customer', p.customer ?? '', 'customer').id;
      if (p.return_url && !/^https?:\/\//.test(p.return_url))
        throw invalid('Not a valid URL', 'return_url', 'url_invalid');
      const configuration = p.configuration
        ? api.require('billing_portal.configuration', p.configuration, 'configuration')
        : defaultConfiguration(api);
      const id = newId('bps');
      const session = api.store.put('billing_portal.session', {
        id,
        object: 'billing_portal.session',
        configuration: configuration.id,
        created: api.realNow(),
        customer,
        customer_account: null,
        flow: null,
        livemode: false,
        locale: p.locale ?? null,
        on_behalf_of: null,
        return_url: p.return_url ?? configuration.default_return_url,
        url: `${api.url}/billing/${id}`,
      });
      api.emit('billing_portal.session.created', session);
      return session;
    },
  ),
  route<Stripe.BillingPortal.ConfigurationCreateParams>(
    'POST /v1/billing_portal/configurations',
    'features.invoice_history features.payment_method_update.enabled features.subscription_cancel.enabled features.subscription_cancel.mode business_profile default_return_url metadata name',
    (p, { api }) => createConfiguration(api, p as Asked, false),
  ),
  listRoute(
    'GET /v1/billing_portal/configurations',
    'active is_default',
    'billing_portal.configuration',
    (p: Stripe.BillingPortal.ConfigurationListParams, row) =>
      (p.active === undefined || row.active === p.active) &&
      (p.is_default === undefined || row.is_default === p.is_default),
  ),
  route('GET /v1/billing_portal/configurations/:id', '', (_, { api, id }) =>
    api.require('billing_portal.configuration', id),
  ),
];
