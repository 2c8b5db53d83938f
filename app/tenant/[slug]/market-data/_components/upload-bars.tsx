'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { FileDrop } from '@/components/patterns/file-drop';
import { useShellTenant } from '@/components/patterns/shell/shell-context';
import { useUpload } from '@/components/patterns/use-upload';
import { readUploadAnswer, type UploadOutcome } from '@/components/trading/upload-outcome';
import { UploadReport } from '@/components/trading/upload-report';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { RadioGroup } from '@/components/ui/radio-group';
import { Select } from '@/components/ui/select';

const MOST_BYTES = 256 * 1024 * 1024;

const timeframes = [
  ['1m', '1 minute'],
  ['5m', '5 minutes'],
  ['15m', '15 minutes'],
  ['30m', '30 minutes'],
  ['1h', '1 hour'],
  ['4h', '4 hours'],
  ['1d', '1 day'],
  ['1w', '1 week'],
].map(([value = '', label = '']) => ({ value, label }));

/** Takes a CSV file, shows how far it is, and says line by line what was wrong with it. */
export function UploadBars({ symbol, timeframe }: { symbol: string; timeframe: string }) {
  const router = useRouter();
  const tenant = useShellTenant() ?? '';
  const { progress, send, cancel } = useUpload();
  const [file, setFile] = useState<File | null>(null);
  const [frame, setFrame] = useState(timeframe);
  const [onError, setOnError] = useState('reject');
  const [outcome, setOutcome] = useState<UploadOutcome | null>(null);
  const choose = (next: File | null) => {
    setFile(next);
    setOutcome(null);
  };
  const upload = async () => {
    if (!file) return;
    setOutcome(null);
    const query = new URLSearchParams({ timeframe: frame, on_error: onError });
    const url = `/api/v1/instruments/${encodeURIComponent(symbol)}/bars?${query}`;
    const headers = { 'content-type': 'text/csv', 'x-tenant-id': tenant };
    try {
      const answer = readUploadAnswer(await send(url, file, headers));
      setOutcome(answer);
      if (answer.kind === 'stored') router.refresh();
    } catch (error) {
      const detail = error instanceof Error ? error.message : 'The upload broke off.';
      setOutcome({ kind: 'refused', detail, reference: null, upgrade: null, report: null });
    }
  };
  return (
    <Card>
      <CardHeader
        title="Upload bars"
        description="CSV as brokers, MetaTrader and data vendors export it. Bars that are already there are replaced."
      />
      <CardBody className="grid gap-5">
        <div className="grid gap-5 md:grid-cols-2">
          <Field label="Timeframe" hint="How long one bar is.">
            <Select
              options={timeframes}
              value={frame}
              onChange={(event) => setFrame(event.target.value)}
            />
          </Field>
          <RadioGroup
            legend="When a row is bad"
            name="on_error"
            value={onError}
            onChange={setOnError}
            options={[
              {
                value: 'reject',
                label: 'Store nothing',
                description: 'You correct the file first.',
              },
              { value: 'skip', label: 'Store the good rows', description: 'Bad ones are listed.' },
            ]}
          />
        </div>
        <FileDrop
          label="Drop a CSV file here, or choose one"
          hint="time, open, high, low, close, volume · ISO 8601 or epoch times · up to 256 MB"
          accept=".csv,.txt,.tsv,text/csv"
          maxBytes={MOST_BYTES}
          onFile={choose}
          progress={progress}
          onCancel={cancel}
        />
        <div className="flex flex-wrap items-center justify-end gap-3">
          <p role="status" className="text-sm text-muted">
            {progress === 1 ? 'Received. Checking and storing the bars…' : ''}
          </p>
          <Button disabled={!file} pending={progress !== null} onClick={() => void upload()}>
            Upload bars
          </Button>
        </div>
        {outcome ? <UploadReport outcome={outcome} fileName={file?.name ?? symbol} /> : null}
      </CardBody>
    </Card>
  );
}
