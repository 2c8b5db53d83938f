import type { ReactNode } from 'react';
import type { Crumb } from '../ui/breadcrumb';
import { ShellCrumbs } from './shell/shell-context';

export interface PageHeaderProps {
  title: ReactNode;
  /** A line on what this page is for, or the thing's vital facts. */
  description?: ReactNode;
  /** Beside the title: a status, a plan. */
  badge?: ReactNode;
  /** The one primary action of the page. */
  action?: ReactNode;
  /** Further, quieter acts: secondary buttons, a menu. */
  secondary?: ReactNode;
  /** The way up in the top bar, for pages below an area; hrefs complete (with base). */
  crumbs?: readonly Crumb[];
  /** Tabs under the title row. */
  tabs?: ReactNode;
}

/** The title row that every page of the dashboard begins with. */
export function PageHeader({
  title,
  description,
  badge,
  action,
  secondary,
  crumbs,
  tabs,
}: PageHeaderProps) {
  return (
    <div className="mb-6">
      {crumbs ? <ShellCrumbs items={crumbs} /> : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 max-w-reading">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 break-words text-lg">{title}</h1>
            {badge}
          </div>
          {description ? <p className="mt-0.5 text-base text-muted">{description}</p> : null}
        </div>
        {action || secondary ? (
          <div className="flex flex-wrap items-center gap-2">
            {secondary}
            {action}
          </div>
        ) : null}
      </div>
      {tabs ? <div className="mt-4">{tabs}</div> : null}
    </div>
  );
}
