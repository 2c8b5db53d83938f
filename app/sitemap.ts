import type { MetadataRoute } from 'next';
import { siteOrigin } from './site-origin';

const paths = [
  '',
  '/pricing',
  '/api',
  '/security',
  '/legal/terms',
  '/legal/privacy',
  '/legal/risk',
];

export default function sitemap(): MetadataRoute.Sitemap {
  return paths.map((path) => ({ url: `${siteOrigin}${path}` }));
}
