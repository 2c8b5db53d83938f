import { Play, Plus, Trash2 } from 'lucide-react';
import { Avatar } from '@/components/ui/avatar';
import { Badge, Status } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { CodeBlock } from '@/components/ui/code-block';
import { CopyField, SecretField } from '@/components/ui/copy-field';
import { DateTime, Delta, Money, Percent, Quantity } from '@/components/ui/figures';
import { IconButton } from '@/components/ui/icon-button';
import { Kbd } from '@/components/ui/kbd';
import { MetricName } from '@/components/ui/metric-name';
import { ProgressBar, ProgressRing } from '@/components/ui/progress';
import { Skeleton } from '@/components/ui/skeleton';
import { Spinner } from '@/components/ui/spinner';
import { Chapter, Row } from './specimen';

export function ControlSpecimens() {
  return (
    <Chapter title="Primitives">
      <Row name="Buttons">
        <Button icon={<Play />}>Start back-test</Button>
        <Button variant="secondary">Edit</Button>
        <Button variant="ghost">Dismiss</Button>
        <Button variant="danger" icon={<Trash2 />}>
          Delete strategy
        </Button>
        <Button variant="link">See the plan</Button>
        <Button pending>Saving</Button>
        <Button disabled>Not yet</Button>
      </Row>
      <Row name="Sizes">
        <Button size="sm">Small</Button>
        <Button>Medium</Button>
        <Button size="lg">Large</Button>
        <IconButton label="Add" icon={<Plus />} variant="secondary" />
        <IconButton label="Add" icon={<Plus />} size="sm" />
      </Row>
      <Row name="Words">
        <Badge>Starter</Badge>
        <Badge tone="accent">Trial</Badge>
        <Badge tone="positive">Paid</Badge>
        <Badge tone="warning">Past due</Badge>
        <Badge tone="negative">Failed</Badge>
        <Badge tone="info">New</Badge>
        <Status tone="positive">Succeeded</Status>
        <Status tone="accent" live>
          Running
        </Status>
        <Status tone="neutral">Queued</Status>
        <Kbd>⌘</Kbd>
        <Kbd>K</Kbd>
        <Avatar name="Ada Specimen" />
        <Avatar name="Acme" shape="square" />
      </Row>
      <Row name="Figures">
        <Money value={{ amount: 284715, currency: 'usd' }} />
        <Money value={{ amount: 4900, currency: 'usd' }} whole />
        <Quantity value={1_234_567} unit="bars" short />
        <Quantity value={1_500_000} unit="bytes" />
        <Percent value={12.34} signed />
        <Percent value={-3.2} signed />
        <Delta percent={4.2} against="last month" />
        <Delta percent={-1.8} against="last month" />
        <DateTime value="2026-11-23T21:06:25Z" />
        <MetricName
          name="Sharpe ratio"
          definition="Return above the risk-free rate for each unit of volatility, a year."
          formula="(return_ann − risk_free) / volatility_ann"
        />
      </Row>
      <Row name="Progress">
        <span className="w-40">
          <ProgressBar label="Running" value={0.62} />
        </span>
        <span className="w-40">
          <ProgressBar label="Waiting" value={null} />
        </span>
        <ProgressRing label="Used" value={0.7} size={28} />
        <ProgressRing label="Nearly used up" value={0.9} tone="warning" size={28} />
        <Spinner />
        <Skeleton className="w-32" />
      </Row>
      <div className="grid grid-cols-1 gap-3 lg:grid-cols-2">
        <Callout title="Trial until 7 December">
          All features of Professional are yours until then.
        </Callout>
        <Callout tone="positive" title="Payment received">
          Your plan is active.
        </Callout>
        <Callout
          tone="warning"
          title="8 of 10 back-tests used"
          actions={<Button size="sm">See plans</Button>}
        >
          The count resets on 1 December.
        </Callout>
        <Callout tone="negative" title="The card was declined">
          Your bank refused the charge. Try another card; nothing was booked.
        </Callout>
      </div>
      <div className="grid grid-cols-1 gap-5 lg:grid-cols-2">
        <CodeBlock
          title="First call"
          code={'curl http://localhost:8080/api/v1/plans \\\n  -H "Accept: application/json"'}
        />
        <div className="flex flex-col gap-4">
          <CopyField label="Tenant id" value="ten_01JD8Z6M4T" />
          <SecretField label="API key" secret="nz_live_specimen_not_a_key_0000" />
        </div>
      </div>
    </Chapter>
  );
}
