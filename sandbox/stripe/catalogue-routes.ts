import type Stripe from 'stripe';
import { mergeMetadata } from '@/sandbox/stripe/api';
import { refuseUnsupportedCoupon } from '@/sandbox/stripe/discounts';
import { invalid } from '@/sandbox/http/errors';
import { listRoute, route } from '@/sandbox/http/route';
import { newId, randomToken } from '@/sandbox/stripe/ids';
import { createPrice, setLookupKey } from '@/sandbox/stripe/prices';
import { createProduct } from '@/sandbox/stripe/products';
import { planOf } from '@/sandbox/stripe/pricing';

const PRODUCT =
  'name description active metadata images url unit_label statement_descriptor marketing_features shippable tax_code';

export const catalogueRoutes = [
  route<Stripe.ProductCreateParams>(
    'POST /v1/products',
    `id ${PRODUCT} default_price_data`,
    (p, { api }) => {
      const { id } = createProduct(api, p);
      if (!p.default_price_data) return api.store.get('product', id);
      const price = createPrice(api, {
        ...p.default_price_data,
        product: id,
      } as Stripe.PriceCreateParams);
      return api.store.patch('product', id, { default_price: price.id });
    },
  ),
  listRoute(
    'GET /v1/products',
    'active ids created',
    'product',
    (p: Stripe.ProductListParams, row) =>
      (p.active === undefined || row.active === p.active) && (!p.ids || p.ids.includes(row.id)),
  ),
  route('GET /v1/products/:id', '', (_, { api, id }) => api.require('product', id)),
  route<Stripe.ProductUpdateParams>(
    'POST /v1/products/:id',
    `${PRODUCT} default_price`,
    (p, { api, id }) => {
      const product = api.require('product', id);
      if (p.default_price) api.require('price', p.default_price, 'default_price');
      const { metadata, ...rest } = p;
      const change = { ...(rest as Partial<typeof product>), updated: api.now() };
      return api.update('product', id, {
        ...change,
        metadata: mergeMetadata(product.metadata, metadata),
      });
    },
  ),
  route('DELETE /v1/products/:id', '', (_, { api, id }) => {
    const product = api.require('product', id);
    if (api.store.all('price').some((price) => price.product === id))
      throw invalid(
        'This product cannot be deleted because it has one or more user-created prices.',
      );
    api.store.remove('product', id);
    api.emit('product.deleted', product);
    return { id, object: 'product', deleted: true };
  }),

  route<Stripe.PriceCreateParams>(
    'POST /v1/prices',
    'currency product product_data unit_amount unit_amount_decimal recurring lookup_key transfer_lookup_key metadata nickname active billing_scheme tiers tiers_mode transform_quantity tax_behavior',
    (p, { api }) => createPrice(api, p),
  ),
  listRoute(
    'GET /v1/prices',
    'active product currency type lookup_keys recurring created',
    'price',
    (p: Stripe.PriceListParams, row) =>
      (p.active === undefined || row.active === p.active) &&
      (!p.product || row.product === p.product) &&
      (!p.currency || row.currency === p.currency) &&
      (!p.type || row.type === p.type) &&
      (!p.lookup_keys || p.lookup_keys.includes(row.lookup_key ?? '')) &&
      (!p.recurring?.interval || row.recurring?.interval === p.recurring.interval),
  ),
  route('GET /v1/prices/:id', '', (_, { api, id }) => api.require('price', id)),
  route<Stripe.PriceUpdateParams>(
    'POST /v1/prices/:id',
    'active metadata nickname lookup_key transfer_lookup_key tax_behavior',
    (p, { api, id }) => {
      const price = api.require('price', id);
      if (p.lookup_key) setLookupKey(api, p.lookup_key, id, p.transfer_lookup_key ?? false);
      const after = api.update('price', id, {
        active: p.active ?? price.active,
        lookup_key: p.lookup_key === undefined ? price.lookup_key : p.lookup_key || null,
        metadata: mergeMetadata(price.metadata, p.metadata),
        nickname: p.nickname ?? price.nickname,
        tax_behavior: p.tax_behavior ?? price.tax_behavior,
      });
      for (const sub of api.store.all('subscription'))
        api.store.patch('subscription', sub.id, {
          items: {
            ...sub.items,
            data: sub.items.data.map((item) =>
              item.price.id === id ? { ...item, price: after, plan: planOf(after) } : item,
            ),
          },
        });
      return after;
    },
  ),

  route<Stripe.CouponCreateParams>(
    'POST /v1/coupons',
    'id percent_off amount_off currency duration duration_in_months max_redemptions redeem_by name metadata applies_to',
    (p, { api }) => {
      refuseUnsupportedCoupon(p);
      const id = p.id ?? randomToken(8);
      if (api.store.find('coupon', id))
        throw invalid(`Coupon already exists.`, 'id', 'resource_already_exists');
      if (p.applies_to?.products)
        api.store.put('_settings', { id: `applies_to:${id}`, value: p.applies_to.products });
      return api.create('coupon', {
        id,
        object: 'coupon',
        amount_off: p.amount_off ?? null,
        created: api.now(),
        currency: p.amount_off ? (p.currency?.toLowerCase() ?? null) : null,
        duration: p.duration ?? 'once',
        duration_in_months: p.duration_in_months ?? null,
        livemode: false,
        max_redemptions: p.max_redemptions ?? null,
        metadata: mergeMetadata({}, p.metadata),
        name: p.name ?? null,
        percent_off: p.percent_off ?? null,
        redeem_by: p.redeem_by ?? null,
        times_redeemed: 0,
        valid: true,
      });
    },
  ),
  listRoute('GET /v1/coupons', 'created', 'coupon'),
  route('GET /v1/coupons/:id', '', (_, { api, id }) => api.require('coupon', id)),
  route<Stripe.CouponUpdateParams>('POST /v1/coupons/:id', 'metadata name', (p, { api, id }) => {
    const coupon = api.require('coupon', id);
    return api.update('coupon', id, {
      metadata: mergeMetadata(coupon.metadata, p.metadata),
      name: p.name ?? coupon.name,
    });
  }),
  route('DELETE /v1/coupons/:id', '', (_, { api, id }) => {
    const coupon = api.require('coupon', id);
    api.store.put('_settings', { id: `deleted_coupon:${id}`, value: coupon });
    api.store.remove('coupon', id);
    api.emit('coupon.deleted', coupon);
    return { id, object: 'coupon', deleted: true };
  }),

  route<Stripe.PromotionCodeCreateParams>(
    'POST /v1/promotion_codes',
    'promotion code active customer expires_at max_redemptions metadata',
    (p, { api }) => {
      const coupon = p.promotion.coupon;
      if (!coupon)
        throw invalid(
          'Missing required param: promotion[coupon].',
          'promotion[coupon]',
          'parameter_missing',
        );
      api.require('coupon', coupon, 'promotion[coupon]');
      if (p.customer) api.require('customer', p.customer, 'customer');
      const code = p.code ?? randomToken(8).toUpperCase();
      if (
        api.store
          .all('promotion_code')
          .some((each) => each.active && each.code.toLowerCase() === code.toLowerCase())
      )
        throw invalid(
          `An active promotion code with \`code: ${code}\` already exists.`,
          'code',
          'resource_already_exists',
        );
      return api.create('promotion_code', {
        id: newId('promo'),
        object: 'promotion_code',
        active: p.active ?? true,
        code,
        created: api.now(),
        customer: p.customer ?? null,
        customer_account: null,
        expires_at: p.expires_at ?? null,
        livemode: false,
        max_redemptions: p.max_redemptions ?? null,
        metadata: mergeMetadata({}, p.metadata),
        promotion: { coupon, type: 'coupon' },
        restrictions: {
          first_time_transaction: false,
          minimum_amount: null,
          minimum_amount_currency: null,
        },
        times_redeemed: 0,
      });
    },
  ),
  listRoute(
    'GET /v1/promotion_codes',
    'active code coupon customer created',
    'promotion_code',
    (p: Stripe.PromotionCodeListParams, row) =>
      (p.active === undefined || row.active === p.active) &&
      (!p.code || row.code.toLowerCase() === p.code.toLowerCase()) &&
      (!p.coupon || row.promotion.coupon === p.coupon) &&
      (!p.customer || row.customer === p.customer),
  ),
  route('GET /v1/promotion_codes/:id', '', (_, { api, id }) => api.require('promotion_code', id)),
  route<Stripe.PromotionCodeUpdateParams>(
    'POST /v1/promotion_codes/:id',
    'active metadata',
    (p, { api, id }) => {
      const code = api.require('promotion_code', id);
      return api.update('promotion_code', id, {
        active: p.active ?? code.active,
        metadata: mergeMetadata(code.metadata, p.metadata),
      });
    },
  ),
];
