import type { MetadataRoute } from 'next';
import { siteOrigin } from './site-origin';

/** Public pages may be read by all; workspaces, sign-in and the API have nothing for a search engine. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: {
      userAgent: '*',
      allow: '/',
      disallow: ['/api/v1/', '/api/webhooks/', '/tenant/', '/admin/', '/sign-in', '/sign-up'],
    },
    sitemap: `${siteOrigin}/sitemap.xml`,
  };
}
