import { ScrollText } from 'lucide-react';
import { Checklist } from '@/components/patterns/checklist';
import { Sparkline } from '@/components/patterns/charts/sparkline';
import { EmptyState } from '@/components/patterns/empty-state';
import { MetricGrid } from '@/components/patterns/metric-grid';
import { QuotaMeter } from '@/components/patterns/quota-meter';
import { StatRow, StatTile } from '@/components/patterns/stat-tile';
import { UpgradeCallout } from '@/components/patterns/upgrade-callout';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { Delta, Percent, Quantity } from '@/components/ui/figures';
import { Chapter } from './specimen';

const wave = Array.from({ length: 24 }, (_, i) => 40 + i * 1.5 + 9 * Math.sin(i / 2.2));
const sharpe = {
  name: 'Sharpe',
  definition: 'Return above the risk-free rate per unit of volatility.',
  value: '0.84',
};

export function StateSpecimens() {
  return (
    <Chapter title="Patterns">
      <StatRow>
        <StatTile
          name="Return"
          definition="Equity at the end against cash at the start."
          value={<Percent value={48.2} signed />}
          note={<Delta percent={6.1} against="buy and hold" />}
          trend={<Sparkline values={wave} label="Rising from 40 to 74" />}
        />
        <StatTile
          name="Largest drawdown"
          value={<Percent value={-18.4} />}
          note="Mar 2008 to Jun 2010"
        />
        <StatTile name="Trades" value={<Quantity value={142} />} note="0.6 a month" />
        <StatTile name="API calls" value={<Quantity value={84_211} short />} note="of 100,000" />
      </StatRow>
      <Card>
        <CardHeader title="Metrics" description="Press a name for its definition." />
        <CardBody>
          <MetricGrid
            groups={[
              {
                title: 'Return',
                metrics: [
                  { ...sharpe, name: 'Return' },
                  { ...sharpe, name: 'Annualised return' },
                ],
              },
              { title: 'Risk', metrics: [sharpe, { ...sharpe, name: 'Sortino' }] },
              {
                title: 'Trades',
                metrics: [
                  { ...sharpe, name: 'Win rate' },
                  { ...sharpe, name: 'Profit factor' },
                ],
              },
            ]}
          />
        </CardBody>
      </Card>
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
        <Card>
          <CardHeader title="Limits" />
          <CardBody className="flex flex-col gap-5">
            <QuotaMeter label="Strategies" used={3} limit={5} />
            <QuotaMeter
              label="API calls this month"
              used={8_420}
              limit={10_000}
              unit="calls"
              resetsAt="2026-12-01T00:00:00Z"
              reachedAt="2026-11-27T14:00:00Z"
              upgradeTo={{ id: 'professional', name: 'Professional' }}
            />
            <QuotaMeter
              label="Back-tests this month"
              used={10}
              limit={10}
              resetsAt="2026-12-01T00:00:00Z"
              upgradeTo={{ id: 'professional', name: 'Professional' }}
            />
            <QuotaMeter label="Storage" used={1_200_000_000} limit={null} unit="bytes" />
          </CardBody>
        </Card>
        <Checklist
          steps={[
            { id: '1', title: 'Create your workspace', description: '', done: true, href: '#' },
            {
              id: '2',
              title: 'Write a strategy',
              description: 'Begin with a preset and change one rule.',
              done: false,
              href: '#',
            },
            {
              id: '3',
              title: 'Run a back-test',
              description: 'Twenty years of the S&P 500 are there already.',
              done: false,
              href: '#',
            },
          ]}
        />
      </div>
      <UpgradeCallout
        plan="professional"
        message="10 of 10 back-tests are used; the count resets on 1 December."
      />
      <EmptyState
        icon={<ScrollText />}
        title="No strategies yet"
        action={<Button>Start from a preset</Button>}
        secondary={<Button variant="secondary">Write rules</Button>}
      >
        A strategy is a set of rules: when to buy, when to sell, how much. Every back-test starts
        from one.
      </EmptyState>
    </Chapter>
  );
}
