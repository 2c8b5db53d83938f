import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js';

/** @returns {import('next').NextConfig} */
export default function config(phase) {
  const development = phase === PHASE_DEVELOPMENT_SERVER;
  return {
    poweredByHeader: false,
    reactStrictMode: true,
    // `page.dev.tsx` are pages for development alone: no build contains them.
    pageExtensions: development ? ['dev.tsx', 'tsx', 'ts'] : ['tsx', 'ts'],
    // Tenants live on subdomains of localhost in development.
    allowedDevOrigins: ['localhost', '*.localhost'],
    experimental: {
      optimizePackageImports: ['radix-ui', 'lucide-react'],
    },
  };
}
