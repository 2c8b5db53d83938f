import type { PaperBrand } from '@/lib/domains/billing/pdf/paper';

/** A tenant's look on paper where it chose none. */
export const plainBrand: PaperBrand = {
  name: 'Acme',
  accent: '#2457d6',
  ground: null,
  onGround: '#17181c',
  logo: null,
};
