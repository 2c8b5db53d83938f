import { openApiRoute } from '@/lib/transport/openapi-answer';

export const dynamic = 'force-dynamic';

export const GET = openApiRoute;
