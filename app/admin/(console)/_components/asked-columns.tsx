import type { Column } from '@/components/patterns/table/table-types';
import { DateTime } from '@/components/ui/figures';

type Asked = { reason: string; requested_by: { email: string } | null; requested_at: string };

/** Why something was asked for, by whom and when. */
export const askedColumns: readonly Column<Asked>[] = [
  {
    id: 'reason',
    header: 'Reason',
    hideBelow: 'md',
    cell: ({ reason, requested_by }) => (
      <>
        <span className="block max-w-72 break-words">{reason}</span>
        <span className="text-sm text-muted">
          {requested_by?.email ?? 'At the payment provider'}
        </span>
      </>
    ),
  },
  {
    id: 'requested_at',
    header: 'Asked for',
    figures: true,
    hideBelow: 'lg',
    cell: ({ requested_at }) => <DateTime value={requested_at} style="minute" />,
  },
];
