import { PlainTable } from '@/components/patterns/table/plain-table';
import type { PlainColumn } from '@/components/patterns/table/table-types';
import { Status } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { DateTime, Money } from '@/components/ui/figures';
import { LinkTabs } from '@/components/ui/tabs';
import { limitLabels, writeLimit } from '@/components/marketing/plan-words';
import { featureCatalogue } from '@/lib/domains/entitlements/schemas';
import { type PlanSimulation, simulationMonths } from '@/lib/domains/billing/simulation/schemas';

type Option = PlanSimulation['options'][number];

/** What is shorter than this says nothing of any plan. */
const LEAST_DAYS = 7;

const limitLabel = (name: string) => limitLabels.find(({ id }) => id === name)?.label ?? name;
const featureLabels = (features: Option['features_gained']) =>
  features.map((feature) => featureCatalogue[feature].label).join(', ');

/** What the organisation's own last months would have cost on each plan and cycle. */
export function PlanSimulator({ simulation, base }: { simulation: PlanSimulation; base: string }) {
  const { months, from, to, complete, paid, options } = simulation;
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  const address = (count: number) => `${base}/billing?months=${count}`;
  return (
    <Card>
      <CardHeader
        title="What other plans would have cost"
        description={
          days < LEAST_DAYS ? (
            <>Your own use, on each plan and cycle.</>
          ) : (
            <>
              Your use from <DateTime value={from} style="date" /> to{' '}
              <DateTime value={to} style="date" />, for which you were charged{' '}
              <Money value={paid} /> before tax and without calls beyond the limit.
            </>
          )
        }
        actions={
          <LinkTabs
            label="How far back"
            items={simulationMonths.map((count) => ({
              label: `${count} months`,
              href: address(count),
            }))}
            current={address(months)}
          />
        }
      />
      <CardBody className="flex flex-col gap-4">
        {complete || days < LEAST_DAYS ? null : (
          <Callout tone="info" title="This is all the history there is">
            You joined less than {months} months ago, so a month of yours may not be typical yet.
          </Callout>
        )}
        {days < LEAST_DAYS ? (
          <p className="text-muted">
            Come back when there is a week of use: from then on it is told what each plan and cycle
            would have cost for it.
          </p>
        ) : (
          <div className="-mx-5">
            <PlainTable
              label="What each plan would have cost"
              columns={columnsOf(options.find(({ current }) => current))}
              rows={options}
              rowKey={(option) => `${option.plan_id} ${option.version} ${option.billing_cycle}`}
            />
          </div>
        )}
        <p className="text-sm text-muted">
          List prices before tax and discounts, by the share of the time; trials aren’t taken off.
          Overage is what calls beyond the limit would have cost, had it been switched on.
        </p>
      </CardBody>
    </Card>
  );
}

/** What sets it apart from a row of the same name: theirs may be an older version than what is on sale. */
function Which({ option, own }: { option: Option; own: Option | undefined }) {
  if (option.current) return <Status tone="accent">Yours</Status>;
  const newer = own?.plan_id === option.plan_id && own.version !== option.version;
  return newer ? <span className="text-muted">as sold now</span> : null;
}

const columnsOf = (own: Option | undefined): readonly PlainColumn<Option>[] => [
  {
    id: 'plan',
    header: 'Plan',
    cell: (option) => (
      <>
        <span className="font-medium text-strong">{option.plan_name}</span>{' '}
        <span className="text-muted">{option.billing_cycle}</span>{' '}
        <Which option={option} own={own} />
      </>
    ),
  },
  {
    id: 'price',
    header: 'Would have cost',
    figures: true,
    inCard: 'lead',
    cell: ({ price, overage }) => (
      <>
        <Money value={price} />
        {overage && overage.amount > 0 ? (
          <span className="block text-sm font-normal text-muted">
            and <Money value={overage} /> overage
          </span>
        ) : null}
      </>
    ),
  },
  {
    id: 'difference',
    header: 'Against what you paid',
    figures: true,
    cell: ({ difference }) => <Money value={difference} signed />,
  },
  {
    id: 'differences',
    header: 'What would have been different',
    inCard: 'text',
    cell: (option) => <Differences option={option} />,
  },
];

function Differences({ option }: { option: Option }) {
  const lines = [
    ...option.limits_hit.map(
      ({ limit, included, months }) =>
        `${limitLabel(limit)}: more than ${writeLimit(limit, included)} in ${months.length} ${months.length === 1 ? 'month' : 'months'}`,
    ),
    ...(option.features_gained.length > 0 ? [`With ${featureLabels(option.features_gained)}`] : []),
    ...(option.features_lost.length > 0 ? [`Without ${featureLabels(option.features_lost)}`] : []),
  ];
  if (lines.length === 0) return <span className="text-muted">The same, within its limits</span>;
  return (
    <ul className="flex flex-col gap-0.5">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
