import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './class-names';

export type CalloutTone = 'info' | 'positive' | 'warning' | 'negative';

const looks = {
  info: { box: 'border-info-fill/35 bg-info-subtle', icon: 'text-info', Icon: Info },
  positive: {
    box: 'border-positive-fill/35 bg-positive-subtle',
    icon: 'text-positive',
    Icon: CircleCheck,
  },
  warning: {
    box: 'border-warning-fill/45 bg-warning-subtle',
    icon: 'text-warning',
    Icon: TriangleAlert,
  },
  negative: {
    box: 'border-negative-fill/35 bg-negative-subtle',
    icon: 'text-negative',
    Icon: CircleAlert,
  },
} as const;

export interface CalloutProps {
  tone?: CalloutTone;
  title?: ReactNode;
  /** Buttons or links that do something about it. */
  actions?: ReactNode;
  /** Announce it when it appears: for the outcome of something the reader just did. */
  announce?: boolean;
  className?: string;
  children?: ReactNode;
}

/** Something the reader should know before going on. */
export function Callout({
  tone = 'info',
  title,
  actions,
  announce,
  className,
  children,
}: CalloutProps) {
  const { box, icon, Icon } = looks[tone];
  const role = announce ? (tone === 'negative' ? 'alert' : 'status') : undefined;
  return (
    <div role={role} className={cn('flex gap-3 rounded-lg border px-4 py-3', box, className)}>
      <Icon aria-hidden="true" className={cn('mt-0.5 size-4 shrink-0', icon)} />
      <div className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60 text-default">
          {title ? <p className="font-medium text-strong">{title}</p> : null}
          {children ? <div className="text-sm">{children}</div> : null}
        </div>
        {actions ? <div className="flex shrink-0 flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}
