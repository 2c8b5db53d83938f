import { Chapter, Row } from './specimen';

const surfaces = ['bg-canvas', 'bg-panel', 'bg-raised', 'bg-overlay'];
const tones = [
  'bg-accent',
  'bg-accent-subtle',
  'bg-positive-fill',
  'bg-negative-fill',
  'bg-warning-fill',
  'bg-info-fill',
];
const charts = [
  'bg-chart-1',
  'bg-chart-2',
  'bg-chart-3',
  'bg-chart-4',
  'bg-chart-5',
  'bg-chart-6',
  'bg-chart-up',
  'bg-chart-down',
];
const shadows = ['shadow-sm', 'shadow-md', 'shadow-lg', 'shadow-xl'];

function Swatch({ name }: { name: string }) {
  return (
    <span className="flex flex-col gap-1">
      <span className={`block h-12 w-20 rounded-md border border-line ${name}`} />
      <span className="font-mono text-xs text-muted">{name.replace('bg-', '')}</span>
    </span>
  );
}

export function TokenSpecimens() {
  return (
    <Chapter title="Tokens">
      <Row name="Surfaces">
        {surfaces.map((name) => (
          <Swatch key={name} name={name} />
        ))}
      </Row>
      <Row name="Tones">
        {tones.map((name) => (
          <Swatch key={name} name={name} />
        ))}
      </Row>
      <Row name="Charts">
        {charts.map((name) => (
          <Swatch key={name} name={name} />
        ))}
      </Row>
      <Row name="Shadows">
        {shadows.map((name) => (
          <span
            key={name}
            className={`grid h-14 w-24 place-items-center rounded-lg bg-overlay font-mono text-xs text-muted ${name}`}
          >
            {name.replace('shadow-', '')}
          </span>
        ))}
      </Row>
      <Row name="Type">
        <div className="flex flex-col gap-1">
          <p className="font-semibold text-2xl text-strong">Forty, for a page that decides</p>
          <p className="font-semibold text-strong text-xl">Twenty-eight, for a chapter</p>
          <p className="font-semibold text-lg text-strong">Twenty, for a page of the app</p>
          <p className="text-md">Sixteen, for reading</p>
          <p className="text-base">
            Fourteen, for work · <span className="text-muted">muted</span> ·{' '}
            <span className="text-faint">faint</span>
          </p>
          <p className="text-sm">Thirteen, for notes</p>
          <p className="text-xs">
            Twelve, for labels · <span className="figures font-mono">0123456789 −1,234.56</span>
          </p>
        </div>
      </Row>
    </Chapter>
  );
}
