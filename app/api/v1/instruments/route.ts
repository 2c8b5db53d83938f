import { z } from 'zod';
import { createInstrument, listInstruments } from '@/lib/domains/trading/market-data';
import {
  createInstrumentInput,
  instrumentDto,
  listInstrumentsQuery,
} from '@/lib/domains/trading/market-data/schemas';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'market_data:read',
    summary: 'List instruments, the bundled ones last',
    tag: 'Market data',
    access: 'tenant',
    query: listInstrumentsQuery,
    response: z.object({ data: z.array(instrumentDto), next_cursor: z.string().nullable() }),
  },
  ({ ctx, query }) => listInstruments(ctx, query),
);

export const POST = defineRoute(
  {
    permission: 'market_data:write',
    summary: 'Add an instrument',
    tag: 'Market data',
    access: 'tenant',
    body: createInstrumentInput,
    response: instrumentDto,
    status: 201,
    errors: ['symbol_taken', 'symbol_reserved', 'feature_not_in_plan'],
  },
  ({ ctx, body }) => createInstrument(ctx, body),
);
