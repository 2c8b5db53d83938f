'use client';

import { isRecord, paramsOf, part, withValue } from '@/components/trading/definition-parts';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { FigureInput } from './figure-input';

type Document = Record<string, unknown>;
type Props = { document: Document; onChange: (next: Document) => void; readOnly: boolean };

/** The document's figures as a form. They write into the very document that is shown as JSON. */
export function SettingsFields({ document, onChange, readOnly }: Props) {
  const set = (path: readonly string[], value: unknown) =>
    onChange(withValue(document, path, value));
  return (
    <div className="grid gap-5">
      <ParamCard document={document} set={set} readOnly={readOnly} />
      <ProtectCard document={document} set={set} readOnly={readOnly} />
      <SizeCard document={document} set={set} readOnly={readOnly} />
    </div>
  );
}

type CardProps = {
  document: Document;
  set: (path: readonly string[], value: unknown) => void;
  readOnly: boolean;
};

function ParamCard({ document, set, readOnly }: CardProps) {
  const params = paramsOf(document);
  if (params.length === 0) return null;
  return (
    <Card>
      <CardHeader
        title="Parameters"
        description="The value rules use, and the range in which it may be varied."
      />
      <CardBody className="grid gap-4">
        {params.map(({ name, value, min, max }) => (
          <fieldset
            key={name}
            className="grid grid-cols-3 items-start gap-4 border-line not-first:border-t not-first:pt-4"
          >
            <legend className="float-left col-span-3 font-mono text-sm text-strong">{name}</legend>
            {(
              [
                ['default', 'Value', value],
                ['min', 'From', min],
                ['max', 'To', max],
              ] as const
            ).map(([field, label, figure]) => (
              <FigureInput
                key={field}
                label={label}
                value={figure}
                {...(field === 'default' ? { min, max } : {})}
                readOnly={readOnly}
                onChange={(next) => {
                  if (next !== null) set(['params', name, field], next);
                }}
              />
            ))}
          </fieldset>
        ))}
      </CardBody>
    </Card>
  );
}

const PROTECTIONS = [
  ['stop_loss_pct', 'Stop loss', 'Against the entry price.'],
  ['take_profit_pct', 'Take profit', 'In favour of the entry price.'],
  ['trailing_stop_pct', 'Trailing stop', 'Behind the best price since entry.'],
] as const;

function ProtectCard({ document, set, readOnly }: CardProps) {
  const protect = part(document, 'protect');
  return (
    <Card>
      <CardHeader title="Protection" description="Leave a field empty to do without it." />
      <CardBody className="grid gap-4 sm:grid-cols-3">
        {PROTECTIONS.map(([name, label, hint]) => (
          <FigureInput
            key={name}
            label={label}
            hint={hint}
            suffix="%"
            value={protect[name] ?? null}
            readOnly={readOnly}
            onChange={(next) => set(['protect', name], next)}
          />
        ))}
      </CardBody>
    </Card>
  );
}

function SizeCard({ document, set, readOnly }: CardProps) {
  const size = part(document, 'size');
  const fraction = size.fraction_of_equity ?? 1;
  const exit = part(document, 'exit');
  const entry = isRecord(document.entry) ? document.entry : {};
  const bothWays = entry.long !== undefined && entry.short !== undefined;
  return (
    <Card>
      <CardHeader title="Size" />
      <CardBody className="grid gap-4">
        <FigureInput
          className="max-w-60"
          label="Share of the equity"
          hint="Of each entry, commission included."
          suffix="%"
          value={typeof fraction === 'number' ? Number((fraction * 100).toFixed(6)) : fraction}
          readOnly={readOnly}
          onChange={(next) => {
            if (next !== null) set(['size', 'fraction_of_equity'], Number((next / 100).toFixed(8)));
          }}
        />
        <Checkbox
          label="Whole units only"
          checked={size.whole_units !== false}
          disabled={readOnly}
          onChange={(event) => set(['size', 'whole_units'], event.target.checked)}
        />
        {bothWays ? (
          <Checkbox
            label="An entry the other way closes the position and opens the new one"
            checked={exit.on_opposite_entry !== false}
            disabled={readOnly}
            onChange={(event) => set(['exit', 'on_opposite_entry'], event.target.checked)}
          />
        ) : null}
      </CardBody>
    </Card>
  );
}
