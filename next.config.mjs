/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Tenants work on subdomains of localhost in development.
  allowedDevOrigins: ['localhost', '*.localhost'],
  experimental: {
    optimizePackageImports: ['radix-ui', 'lucide-react'],
  },
};
