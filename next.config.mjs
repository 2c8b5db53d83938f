import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js';

/** The public address of the build: https with a domain of one's own, else this machine. */
function siteOrigin() {
  const { ROOT_DOMAIN = 'localhost', SAAS_PORT = '8080' } = process.env;
  return ROOT_DOMAIN === 'localhost' ? `http://localhost:${SAAS_PORT}` : `https://${ROOT_DOMAIN}`;
}

/** @returns {import('next').NextConfig} */
export default function config(phase) {
  const development = phase === PHASE_DEVELOPMENT_SERVER;
  return {
    poweredByHeader: false,
    reactStrictMode: true,
    // `npm test` checks the types of the whole tree; a start need not do it again.
    typescript: { ignoreBuildErrors: true },
    // `page.dev.tsx` are pages for development alone: no build contains them.
    pageExtensions: development ? ['dev.tsx', 'tsx', 'ts'] : ['tsx', 'ts'],
    // Tenants live on subdomains of localhost in development.
    allowedDevOrigins: ['localhost', '*.localhost'],
    compiler: { define: { __SITE_ORIGIN__: siteOrigin() } },
    experimental: {
      optimizePackageImports: ['radix-ui', 'lucide-react'],
    },
  };
}
