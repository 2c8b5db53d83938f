'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/patterns/form/action-form';
import { NumberField, SelectField } from '@/components/patterns/form/form-fields';
import { SubmitButton } from '@/components/patterns/form/submit-button';
import { Checkbox } from '@/components/ui/checkbox';
import { type MoveMoment, moveMoments } from '@/lib/domains/billing/moves/schemas';
import type { PlanMovePreview } from '@/lib/domains/operator/moves/schemas';
import { momentWords } from '../../_components/move-words';
import { moveAction, previewMoveAction } from '../../actions';
import { MovePreview } from './move-preview';

type Held = { version: number; subscriptions: number };

/** Asks what a move would do, and only then for it: what is sent is what was previewed. */
export function MoveForm({
  planId,
  onSale,
  held,
}: {
  planId: string;
  onSale: number;
  held: readonly Held[];
}) {
  const [chosen, setChosen] = useState(held.map(({ version }) => version));
  const [moment, setMoment] = useState<MoveMoment>('renewal');
  const [days, setDays] = useState('14');
  const [preview, setPreview] = useState<PlanMovePreview | null>(null);
  const anew = <T,>(set: (value: T) => void) => {
    return (value: T) => {
      set(value);
      setPreview(null);
    };
  };
  const toggle = (version: number) =>
    anew(setChosen)(
      chosen.includes(version) ? chosen.filter((one) => one !== version) : [...chosen, version],
    );
  return (
    <div className="flex flex-col gap-5">
      <ActionForm action={previewMoveAction} onDone={setPreview}>
        <input type="hidden" name="id" value={planId} />
        <input type="hidden" name="to_version" value={onSale} />
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 text-base font-medium text-strong">
            From, to version {onSale}
          </legend>
          {held.map(({ version, subscriptions }) => (
            <Checkbox
              key={version}
              name="from_versions[]"
              value={version}
              checked={chosen.includes(version)}
              onChange={() => toggle(version)}
              label={`Version ${version}: ${subscriptions} ${subscriptions === 1 ? 'subscription' : 'subscriptions'}`}
            />
          ))}
        </fieldset>
        <div className="flex flex-wrap items-start gap-3">
          <SelectField
            name="moment"
            label="When"
            value={moment}
            onChange={({ target }) => anew(setMoment)(target.value as MoveMoment)}
            options={moveMoments.map((value) => ({ value, label: momentWords[value] }))}
          />
          {moment === 'renewal' ? (
            <NumberField
              name="notice_days"
              label="Notice of a higher price"
              suffix="days"
              inputMode="numeric"
              value={days}
              onChange={({ target }) => anew(setDays)(target.value)}
            />
          ) : null}
        </div>
        <div>
          <SubmitButton variant="secondary" disabled={chosen.length === 0}>
            Preview the move
          </SubmitButton>
        </div>
      </ActionForm>
      {preview ? (
        <ActionForm action={moveAction} className="border-t border-line pt-5">
          <input type="hidden" name="id" value={planId} />
          <input type="hidden" name="to_version" value={preview.to_version} />
          {preview.from_versions.map((version) => (
            <input key={version} type="hidden" name="from_versions[]" value={version} />
          ))}
          <input type="hidden" name="moment" value={preview.moment} />
          <input type="hidden" name="notice_days" value={preview.notice_days} />
          <MovePreview preview={preview} />
          {preview.subscriptions > 0 ? (
            <div>
              <SubmitButton>
                Move {preview.subscriptions}{' '}
                {preview.subscriptions === 1 ? 'subscriber' : 'subscribers'}
              </SubmitButton>
            </div>
          ) : null}
        </ActionForm>
      ) : null}
    </div>
  );
}
