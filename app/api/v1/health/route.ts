import { defineProbe } from '@/lib/transport/define-probe';

export const dynamic = 'force-dynamic';

export const GET = defineProbe('endpoint');
