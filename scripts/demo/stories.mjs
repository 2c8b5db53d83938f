/**
 * What becomes of each organisation, by days since it signed up; `joined` is how many days ago that was. Everything between,
 * renewals, notices, suspensions, is the product's own doing.
 */
const subscribe = (plan_id, billing_cycle, more = {}) => ({
  do: 'subscribe',
  plan_id,
  billing_cycle,
  card: 'good',
  ...more,
});
const change = (plan_id, billing_cycle, when = 'now') => ({
  do: 'change',
  plan_id,
  billing_cycle,
  when,
});

export const stories = [
  {
    name: 'Alder Row Capital',
    joined: 365,
    calls: 60,
    acts: { 0: subscribe('starter', 'monthly'), 74: change('professional', 'monthly') },
  },
  {
    name: 'Bellwether Trading',
    joined: 362,
    calls: 90,
    acts: {
      2: subscribe('professional', 'monthly', { trial_days: 0 }),
      190: change('professional', 'annual'),
    },
  },
  {
    name: 'Caldera Research',
    joined: 355,
    calls: 120,
    acts: { 1: subscribe('enterprise', 'annual') },
  },
  {
    name: 'Drift Lane Partners',
    joined: 330,
    calls: 30,
    acts: {
      0: subscribe('starter', 'monthly', { coupon: 'DEMO20' }),
      100: { do: 'pause' },
      162: { do: 'resume' },
    },
  },
  {
    name: 'Eastgate Quant',
    joined: 310,
    calls: 80,
    acts: {
      0: subscribe('professional', 'monthly'),
      120: { do: 'break_card' },
      150: { do: 'pay' },
    },
  },
  {
    name: 'Fernhill Systems',
    joined: 290,
    calls: 20,
    acts: {
      0: subscribe('starter', 'quarterly', { trial_days: 0 }),
      210: { do: 'cancel', when: 'period_end', reason: 'We have built our own' },
    },
  },
  {
    name: 'Grange Street Funds',
    joined: 262,
    calls: 70,
    acts: {
      0: subscribe('professional', 'quarterly'),
      95: change('starter', 'monthly', 'period_end'),
    },
  },
  {
    name: 'Harbour Signals',
    joined: 240,
    calls: 40,
    acts: {
      0: subscribe('starter', 'monthly', { card: 'fails_later' }),
      60: { do: 'cancel', when: 'now', reason: 'No budget this year' },
    },
  },
  {
    name: 'Ironwood Analytics',
    joined: 215,
    calls: 100,
    acts: {
      3: subscribe('professional', 'monthly', { trial_days: 0, coupon: 'DEMO20' }),
      80: { do: 'cancel', when: 'now', reason: 'Too expensive' },
      128: { do: 'come_back', plan_id: 'starter', billing_cycle: 'monthly' },
    },
  },
  {
    name: 'Juniper Macro',
    joined: 180,
    calls: 60,
    acts: { 0: subscribe('starter', 'monthly', { card: 'none' }) },
  },
  {
    name: 'Kestrel Volatility',
    joined: 140,
    calls: 150,
    acts: {
      0: subscribe('professional', 'monthly', { trial_days: 0 }),
      45: change('enterprise', 'monthly'),
    },
  },
  {
    name: 'Larkspur Futures',
    joined: 75,
    calls: 30,
    acts: {
      0: subscribe('starter', 'monthly', { trial_days: 0 }),
      35: { do: 'break_card' },
    },
  },
];
