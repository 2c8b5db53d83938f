import { serve } from './gateway-process';

// The gateway by itself, for installations where pages and API scale apart.
await serve(null);
