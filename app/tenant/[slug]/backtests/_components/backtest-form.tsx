'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { SelectField, TextField } from '@/components/patterns/form/form-fields';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { useShellHref } from '@/components/patterns/shell/shell-context';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { LinkButton } from '@/components/ui/link-button';
import type { InstrumentDto } from '@/lib/domains/trading/market-data/schemas';
import type { StrategyDto } from '@/lib/domains/trading/strategies/schemas';
import { startBacktestAction } from '../actions';
import { CostFields } from './cost-fields';
import { ParamFields } from './param-fields';

type Props = {
  strategies: readonly StrategyDto[];
  instruments: readonly InstrumentDto[];
  /** From the address. */
  chosen: { strategy: string | undefined; symbol: string | undefined };
  usedUp: boolean;
};

/** Everything a back-test needs, with defaults that make sense as they stand. */
export function BacktestForm({ strategies, instruments, chosen, usedUp }: Props) {
  const router = useRouter();
  const href = useShellHref();
  const series = instruments.flatMap((instrument) =>
    instrument.series.map((one) => ({ ...one, instrument })),
  );
  const keyOf = (one: (typeof series)[number]) => `${one.instrument.symbol} ${one.timeframe}`;
  const firstSeries = series.find((one) => keyOf(one) === chosen.symbol) ?? series[0];
  const [strategyId, setStrategyId] = useState(
    strategies.find(({ id }) => id === chosen.strategy)?.id ?? strategies[0]?.id ?? '',
  );
  const [bars, setBars] = useState(firstSeries ? keyOf(firstSeries) : '');
  const strategy = strategies.find(({ id }) => id === strategyId);
  const data = series.find((one) => keyOf(one) === bars);
  const day = (at: string | null | undefined) => at?.slice(0, 10);
  return (
    <ActionForm
      action={startBacktestAction}
      onDone={({ id }) => router.push(href(`/backtests/${id}`))}
    >
      <Card>
        <CardHeader title="Strategy and bars" />
        <CardBody className="grid gap-5">
          <SelectField
            name="strategy_id"
            label="Strategy"
            value={strategyId}
            onChange={(event) => setStrategyId(event.target.value)}
            options={strategies.map(({ id, name, version }) => ({
              value: id,
              label: `${name} (version ${version})`,
            }))}
          />
          <ParamFields key={strategyId} definition={strategy?.definition ?? {}} />
          <SelectField
            name="symbol"
            label="Bars"
            hint={data ? `${data.bars.toLocaleString('en')} bars of ${data.instrument.name}` : null}
            value={bars}
            onChange={(event) => setBars(event.target.value)}
            options={series.map((one) => ({ value: keyOf(one), label: keyOf(one) }))}
          />
          <div className="grid gap-5 sm:grid-cols-2">
            <TextField
              key={`from ${bars}`}
              name="from"
              type="date"
              label="From"
              defaultValue={day(data?.first_at)}
              min={day(data?.first_at)}
              max={day(data?.last_at)}
            />
            <TextField
              key={`to ${bars}`}
              name="to"
              type="date"
              label="To, included"
              defaultValue={day(data?.last_at)}
              min={day(data?.first_at)}
              max={day(data?.last_at)}
            />
          </div>
        </CardBody>
      </Card>
      <CostFields currency={data?.instrument.currency ?? 'USD'} />
      <FormActions>
        <LinkButton variant="secondary" href={href('/backtests')}>
          Cancel
        </LinkButton>
        <SubmitButton disabled={usedUp || !data}>Start back-test</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
