import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { Card, CardHeader } from '@/components/ui/card';
import { DateTime } from '@/components/ui/figures';
import type { StrategyVersionDto } from '@/lib/domains/trading/strategies/schemas';

type Props = { versions: readonly StrategyVersionDto[]; shown: number; href: string };

/** Every version that was saved; an earlier one opens in the editor, and saving it makes it the latest. */
export function VersionList({ versions, shown, href }: Props) {
  return (
    <Card>
      <CardHeader
        title="Versions"
        description="Open an earlier version to look at it; saving it makes it the newest."
      />
      <ul className="divide-y divide-line border-t border-line">
        {versions.map(({ version, created_at: createdAt }, index) => (
          <li key={version} className="flex items-center justify-between gap-4 px-5 py-2.5">
            <Link
              href={index === 0 ? href : `${href}?version=${version}`}
              aria-current={version === shown ? 'true' : undefined}
              className="font-medium text-accent-text underline-offset-4 hover:underline"
            >
              Version {version}
            </Link>
            <span className="flex items-center gap-3 text-sm text-muted">
              {version === shown ? <Badge tone="accent">Shown</Badge> : null}
              <DateTime value={createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
