'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import {
  cancelBacktest,
  cancelOrRemoveBacktest,
  createBacktest,
} from '@/lib/domains/trading/backtests';
import { createBacktestInput } from '@/lib/domains/trading/backtests/schemas';
import { defineAction } from '@/lib/transport/define-action';
import { parseInput } from '@/lib/transport/read-input';

const refresh = () => revalidatePath('/tenant/[slug]/backtests', 'layout');
const oneRun = z.strictObject({ id: z.string() });

/** A figure of a form; what isn't one stays as it is, for the schema to refuse by name. */
function figure(text: string | undefined): unknown {
  if (text === undefined || text.trim() === '') return undefined;
  const value = Number(text.replaceAll(/[\s_]/g, ''));
  return Number.isNaN(value) ? text : value;
}

/** Forms speak of percent, the API of fractions. */
function percent(text: string | undefined): unknown {
  const value = figure(text);
  return typeof value === 'number' ? value / 100 : value;
}

function readForm(form: Record<string, string>) {
  // One choice in the form: "SPX 1d".
  const [symbol, timeframe] = (form.symbol ?? '').split(' ');
  const slippage =
    form.slippage_kind === 'fixed'
      ? { fixed: figure(form.slippage) ?? 0 }
      : { rate: percent(form.slippage) ?? 0 };
  const params = Object.entries(form)
    .filter(([name, text]) => name.startsWith('params.') && text.trim() !== '')
    .map(([name, text]) => [name.slice('params.'.length), figure(text)]);
  return {
    strategy_id: form.strategy_id,
    symbol,
    timeframe,
    ...(form.from ? { from: form.from } : {}),
    ...(form.to ? { to: form.to } : {}),
    cash: figure(form.cash),
    commission: {
      rate: percent(form['commission.rate']) ?? 0,
      fixed: figure(form['commission.fixed']) ?? 0,
    },
    slippage,
    params: Object.fromEntries(params),
    finalize_trades: form.finalize_trades === 'on',
  };
}

export const startBacktestAction = defineAction(
  { name: 'backtests.create', access: 'tenant', input: z.record(z.string(), z.string()) },
  async ({ ctx, input }) => {
    const { id } = await createBacktest(ctx, parseInput(createBacktestInput, readForm(input)));
    refresh();
    return { data: { id } };
  },
);

export const cancelBacktestAction = defineAction(
  { name: 'backtests.cancel', access: 'tenant', input: oneRun },
  async ({ ctx, input }) => {
    const { status } = await cancelBacktest(ctx, input.id);
    refresh();
    return { data: { status } };
  },
);

export const removeBacktestAction = defineAction(
  { name: 'backtests.remove', access: 'tenant', input: oneRun },
  async ({ ctx, input }) => {
    await cancelOrRemoveBacktest(ctx, input.id);
    refresh();
    return { data: null };
  },
);
