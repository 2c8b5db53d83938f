'use client';

import { Crosshair } from 'lucide-react';
import { useState } from 'react';
import { EmptyState } from '@/components/patterns/empty-state';
import { DataTable } from '@/components/patterns/table/data-table';
import type { Column } from '@/components/patterns/table/table-types';
import { Badge } from '@/components/ui/badge';
import { DateTime, Percent, Quantity } from '@/components/ui/figures';
import { IconButton } from '@/components/ui/icon-button';
import type { BacktestDetail, TradeDto } from '@/lib/domains/trading/backtests/schemas';
import { Button } from '@/components/ui/button';

/** Rows to begin with; the rest comes when asked for. */
const STEP = 25;

type Numbered = TradeDto & { number: number };

const REASONS: Record<string, string> = {
  opposite_entry: 'Opposite entry',
  exit_rule: 'Exit rule',
  after_bars: 'Holding time over',
  stop_loss: 'Stop loss',
  take_profit: 'Take profit',
  trailing_stop: 'Trailing stop',
  insolvent: 'Money used up',
  end_of_data: 'End of data',
};

const columnsFor = (timeframe: string, currency: string): Column<Numbered>[] => {
  const style = timeframe === '1d' || timeframe === '1w' ? 'date' : 'minute';
  return [
    {
      id: 'number',
      header: 'No.',
      figures: true,
      cell: (t) => t.number,
      sortValue: (t) => t.number,
    },
    {
      id: 'side',
      header: 'Side',
      cell: (t) => (
        <Badge tone={t.side === 'long' ? 'accent' : 'warning'}>
          {t.side === 'long' ? '▲ Long' : '▼ Short'}
        </Badge>
      ),
      sortValue: (t) => t.side,
    },
    {
      id: 'size',
      header: 'Size',
      figures: true,
      hideBelow: 'md',
      cell: (t) => <Quantity value={t.size} digits={4} />,
      sortValue: (t) => t.size,
    },
    {
      id: 'entry',
      header: 'Entry',
      figures: true,
      cell: (t) => <DateTime value={t.entry_time} style={style} />,
      sortValue: (t) => t.entry_time,
    },
    {
      id: 'entry_price',
      header: 'Price',
      figures: true,
      hideBelow: 'lg',
      cell: (t) => <Quantity value={t.entry_price} digits={5} />,
      sortValue: (t) => t.entry_price,
    },
    {
      id: 'exit',
      header: 'Exit',
      figures: true,
      hideBelow: 'sm',
      cell: (t) => <DateTime value={t.exit_time} style={style} />,
      sortValue: (t) => t.exit_time,
    },
    {
      id: 'exit_price',
      header: 'Price',
      figures: true,
      hideBelow: 'lg',
      cell: (t) => <Quantity value={t.exit_price} digits={5} />,
      sortValue: (t) => t.exit_price,
    },
    {
      id: 'commission',
      header: `Commission, ${currency}`,
      figures: true,
      hideBelow: 'lg',
      cell: (t) => <Quantity value={t.commission} fixed />,
      sortValue: (t) => t.commission,
    },
    {
      id: 'pnl',
      header: `P&L, ${currency}`,
      figures: true,
      cell: (t) => <Quantity value={t.pnl} fixed />,
      sortValue: (t) => t.pnl,
    },
    {
      id: 'return_pct',
      header: 'Return',
      figures: true,
      cell: (t) => <Percent value={t.return_pct} signed />,
      sortValue: (t) => t.return_pct,
    },
    {
      id: 'reason',
      header: 'Closed by',
      hideBelow: 'md',
      cell: (t) => <span className="whitespace-nowrap">{REASONS[t.reason] ?? t.reason}</span>,
      searchText: (t) => `${t.side} ${REASONS[t.reason] ?? t.reason}`,
      sortValue: (t) => t.reason,
    },
  ];
};

type Props = {
  run: Pick<BacktestDetail, 'timeframe' | 'currency'>;
  trades: readonly TradeDto[];
  onShow: (trade: TradeDto) => void;
};

/** The trades one by one: sortable, and each leads to its place on the chart. */
export function TradeTable({ run, trades, onShow }: Props) {
  const [shown, setShown] = useState(STEP);
  const rows = trades.map((trade, index) => ({ ...trade, number: index + 1 }));
  const all = shown >= rows.length;
  return (
    <div className="grid gap-2">
      <h2 className="text-base">Trades</h2>
      <DataTable
        label="Trades"
        addressPrefix="trades_"
        columns={columnsFor(run.timeframe, run.currency)}
        rows={all ? rows : rows.slice(0, shown)}
        rowKey={(trade) => String(trade.number)}
        searchable
        filters={[
          {
            id: 'side',
            label: 'Side',
            options: [
              { value: 'long', label: 'Long' },
              { value: 'short', label: 'Short' },
            ],
            match: (trade, value) => trade.side === value,
          },
        ]}
        rowActions={(trade) => (
          <IconButton
            size="sm"
            label={`Show trade ${trade.number} on the chart`}
            icon={<Crosshair />}
            onClick={() => onShow(trade)}
          />
        )}
        empty={
          <EmptyState bare title="No trades">
            The rules never gave an entry that could be filled in this range.
          </EmptyState>
        }
      />
      {all ? null : (
        <Button variant="ghost" size="sm" onClick={() => setShown(rows.length)}>
          Show all {rows.length.toLocaleString('en')} trades
        </Button>
      )}
    </div>
  );
}
