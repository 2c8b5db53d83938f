import { DateTime } from '@/components/ui/figures';
import type { TenantClockDto } from '@/lib/domains/billing';
import { FactsCard } from '../../../_components/facts-card';
import { ClockForm } from './clock-form';
import { ClockProgress } from './clock-progress';

/** A sandbox tenant's own time: where it stands, and where to move it. */
export function TimeTab({
  id,
  clock,
  mayMove,
}: {
  id: string;
  clock: TenantClockDto;
  mayMove: boolean;
}) {
  return (
    <div className="grid max-w-160 gap-6">
      <FactsCard
        title="Clock"
        facts={[
          { name: 'It is there', value: <DateTime value={clock.at} /> },
          {
            name: 'State',
            value: clock.moving_to ? (
              <ClockProgress at={clock.at} target={clock.moving_to} />
            ) : (
              'Stands until it is moved'
            ),
          },
        ]}
      />
      {mayMove && !clock.moving_to ? <ClockForm key={clock.at} id={id} clock={clock} /> : null}
    </div>
  );
}
