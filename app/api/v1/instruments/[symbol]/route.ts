import { z } from 'zod';
import {
  deleteInstrument,
  getInstrument,
  updateInstrument,
} from '@/lib/domains/trading/market-data';
import { instrumentDto, updateInstrumentInput } from '@/lib/domains/trading/market-data/schemas';
import { defineRoute } from '@/lib/transport/define-route';

const params = z.object({ symbol: z.string() });

export const GET = defineRoute(
  {
    permission: 'market_data:read',
    summary: 'Read an instrument and what bars it has',
    tag: 'Market data',
    access: 'tenant',
    params,
    response: instrumentDto,
  },
  ({ ctx, params }) => getInstrument(ctx, params.symbol),
);

export const PATCH = defineRoute(
  {
    permission: 'market_data:write',
    summary: 'Change an instrument',
    tag: 'Market data',
    access: 'tenant',
    params,
    body: updateInstrumentInput,
    response: instrumentDto,
    errors: ['read_only_instrument'],
  },
  ({ ctx, params, body }) => updateInstrument(ctx, params.symbol, body),
);

export const DELETE = defineRoute(
  {
    permission: 'market_data:write',
    summary: 'Remove an instrument with all its bars',
    tag: 'Market data',
    access: 'tenant',
    params,
    status: 204,
    errors: ['read_only_instrument'],
  },
  ({ ctx, params }) => deleteInstrument(ctx, params.symbol),
);
