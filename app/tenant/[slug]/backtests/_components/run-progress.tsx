'use client';

import { useState, useTransition } from 'react';
import { useShellTenant } from '@/components/patterns/shell/shell-context';
import { freshest, useBacktestNews } from '@/components/trading/use-backtest-news';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Card, CardBody } from '@/components/ui/card';
import { ProgressBar } from '@/components/ui/progress';
import { type BacktestDto, isFinished } from '@/lib/domains/trading/backtests/schemas';
import { cancelBacktestAction } from '../actions';

/** A run under way: how far it is, and a way to stop it. The page shows the result when it is over. */
export function RunProgress({
  run,
  mayCancel,
}: {
  run: Pick<BacktestDto, 'id' | 'status' | 'progress' | 'cancel_requested'>;
  mayCancel: boolean;
}) {
  const tenant = useShellTenant();
  const news = useBacktestNews(true);
  const now = freshest(run, news.get(run.id));
  const [failure, setFailure] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const over = isFinished(now.status);
  const cancel = () =>
    start(async () => {
      const form = new FormData();
      if (tenant) form.set('__tenant', tenant);
      form.set('id', run.id);
      const outcome = await cancelBacktestAction(null, form);
      setFailure(outcome.ok ? null : outcome.problem.detail);
    });
  const share = over ? 1 : now.status === 'queued' ? null : now.progress;
  return (
    <Card>
      <CardBody className="grid gap-4 py-8">
        <div className="flex flex-wrap items-center justify-between gap-4">
          <p role="status" className="text-md font-medium text-strong">
            {sentence(now, over)}
            {share !== null && !over ? (
              <span className="figures ml-2 text-muted">{Math.floor(share * 100)}%</span>
            ) : null}
          </p>
          {mayCancel && !over ? (
            <Button
              variant="secondary"
              pending={pending}
              disabled={now.cancel_requested}
              onClick={cancel}
            >
              Cancel back-test
            </Button>
          ) : null}
        </div>
        <ProgressBar label="Back-test" value={share} />
        <p className="text-sm text-muted">
          You can leave this page: the run goes on, and the list of back-tests shows when it is
          done.
        </p>
        {failure ? (
          <Callout tone="negative" announce>
            {failure}
          </Callout>
        ) : null}
      </CardBody>
    </Card>
  );
}

function sentence(now: ReturnType<typeof freshest>, over: boolean): string {
  if (over) return 'Done. Fetching the result…';
  if (now.cancel_requested) return 'Stopping…';
  return now.status === 'queued' ? 'Waiting for its turn' : 'Running over the bars';
}
