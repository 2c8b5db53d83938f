'use client';

import { Mail } from 'lucide-react';
import { useState } from 'react';
import { FileDrop } from '@/components/patterns/file-drop';
import { ActionForm } from '@/components/patterns/form/action-form';
import {
  CheckboxField,
  NumberField,
  PasswordField,
  SelectField,
  TextareaField,
  TextField,
} from '@/components/patterns/form/form-fields';
import type { FormOutcome } from '@/components/patterns/form/form-outcome';
import { FormActions, SubmitButton } from '@/components/patterns/form/submit-button';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardFooter, CardHeader } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { RadioGroup, SegmentedControl } from '@/components/ui/radio-group';
import { Switch } from '@/components/ui/switch';
import { Chapter } from './specimen';

/** Answers as a server would, after a moment: refuses short names and a plan's limit. */
async function specimenAction(_previous: never, data: FormData): Promise<FormOutcome> {
  await new Promise((resolve) => setTimeout(resolve, 500));
  const entry = data.get('name');
  const name = typeof entry === 'string' ? entry : '';
  if (name === 'limit') {
    const detail = '10 of 10 back-tests are used; the count resets on 1 December.';
    return { ok: false, problem: { code: 'quota_exceeded', detail, upgrade_to: 'professional' } };
  }
  if (name.length >= 3) return { ok: true, data: null };
  return {
    ok: false,
    problem: {
      code: 'invalid_fields',
      detail: 'Some fields are not valid.',
      errors: [
        { path: 'name', code: 'too_short', message: 'Enter at least three characters.' },
        { path: 'cash', code: 'range', message: 'Enter an amount from 100 to 1,000,000,000.' },
      ],
    },
  };
}

export function FormSpecimens() {
  const [cycle, setCycle] = useState<'monthly' | 'quarterly' | 'annual'>('monthly');
  return (
    <Chapter
      title="Forms"
      note="Send with a short name to see faults, with “limit” to see a refusal by plan."
    >
      <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
        <Card>
          <CardHeader title="A form over a server action" description="Keeps what was typed." />
          <CardBody>
            <ActionForm action={specimenAction} success="Strategy saved">
              <TextField
                name="name"
                label="Name"
                required
                placeholder="SMA cross"
                autoComplete="off"
              />
              <TextField
                name="email"
                label="E-mail"
                type="email"
                prefix={<Mail />}
                hint="Only for the report."
                optional
              />
              <TextField name="slug" label="Address" suffix=".example.com" defaultValue="acme" />
              <NumberField name="cash" label="Starting cash" suffix="USD" defaultValue="10000" />
              <PasswordField
                name="password"
                label="Password"
                autoComplete="new-password"
                hint="Twelve characters or more."
              />
              <SelectField
                name="timeframe"
                label="Timeframe"
                options={[
                  { value: '1h', label: '1 hour' },
                  { value: '1d', label: '1 day' },
                ]}
              />
              <TextareaField
                name="rules"
                label="Rules"
                code
                defaultValue={'{ "crosses_above": ["f", "s"] }'}
              />
              <CheckboxField name="finalize" label="Close the last position on the last bar" />
              <FormActions>
                <Button variant="secondary">Cancel</Button>
                <SubmitButton>Save strategy</SubmitButton>
              </FormActions>
            </ActionForm>
          </CardBody>
        </Card>
        <div className="flex flex-col gap-5">
          <Card>
            <CardHeader
              title="Choices"
              actions={
                <Button size="sm" variant="secondary">
                  Reset
                </Button>
              }
            />
            <CardBody className="flex flex-col gap-5">
              <SegmentedControl
                legend="Billing cycle"
                value={cycle}
                onChange={setCycle}
                options={[
                  { value: 'monthly', label: 'Monthly' },
                  { value: 'quarterly', label: 'Quarterly' },
                  { value: 'annual', label: 'Annual' },
                ]}
              />
              <RadioGroup
                legend="On a bad row"
                defaultValue="reject"
                options={[
                  {
                    value: 'reject',
                    label: 'Refuse the file',
                    description: 'Nothing is stored; every bad line is listed.',
                  },
                  {
                    value: 'skip',
                    label: 'Keep the good rows',
                    description: 'Bad lines are left out and listed.',
                  },
                ]}
              />
              <Switch
                label="Overage"
                description="Go on past the limit at $2 per 1,000 calls."
                defaultChecked
              />
              <Checkbox
                label="Some of them"
                description="A dash instead of a tick."
                indeterminate
                readOnly
              />
            </CardBody>
            <CardFooter>
              <span>Changes take effect at once.</span>
              <Button size="sm">Save</Button>
            </CardFooter>
          </Card>
          <FileDrop
            label="Drop a CSV file here, or choose one"
            hint="time, open, high, low, close, volume · up to 256 MB"
            accept=".csv,text/csv"
            maxBytes={256_000_000}
            onFile={() => undefined}
          />
        </div>
      </div>
    </Chapter>
  );
}
