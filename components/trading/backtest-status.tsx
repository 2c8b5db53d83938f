import { type Tone, Status } from '@/components/ui/badge';
import { type BacktestDto, isFinished } from '@/lib/domains/trading/backtests/schemas';

const looks: Record<BacktestDto['status'], { tone: Tone; word: string }> = {
  queued: { tone: 'neutral', word: 'Queued' },
  running: { tone: 'info', word: 'Running' },
  succeeded: { tone: 'positive', word: 'Succeeded' },
  failed: { tone: 'negative', word: 'Failed' },
  cancelled: { tone: 'warning', word: 'Cancelled' },
};

/** The state a back-test is in, with its progress while it runs. */
export function BacktestStatus({ status, progress }: Pick<BacktestDto, 'status' | 'progress'>) {
  const { tone, word } = looks[status];
  return (
    <Status tone={tone} live={!isFinished(status)}>
      {word}
      {status === 'running' && progress > 0 ? (
        <span className="figures text-muted">{Math.floor(progress * 100)}%</span>
      ) : null}
    </Status>
  );
}
