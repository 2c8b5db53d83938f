import { env } from '@/lib/infra/env';
import { serve } from './gateway-process';
import { startPages } from './next-host';

/** Run from source in development, from the bundle otherwise. */
const dev = process.argv[1]?.endsWith('.ts') ?? false;

// Pages, API and streams on one port.
await serve((port) => startPages({ dir: process.cwd(), dev, hostname: env().rootDomain, port }));
