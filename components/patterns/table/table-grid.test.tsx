import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { PlainTable } from './plain-table';
import { TableGrid } from './table-grid';

vi.mock('next/navigation', () => ({ useRouter: () => ({ push: () => undefined }) }));

type Row = { id: string };
const columns = [
  { id: 'name', header: 'Name', cell: (row: Row) => row.id },
  { id: 'cure', header: 'Cure', bareHead: true, cell: () => 'Heal' },
];
const rows = [{ id: 'one' }];
const common = { label: 'Things', columns, rows, rowKey: (row: Row) => row.id };

const headsOf = (markup: string) => /<thead.*<\/thead>/s.exec(markup)?.[0] ?? '';

it.each([
  [
    'a table that is sorted',
    <TableGrid
      key="grid"
      {...common}
      chosen={null}
      onChoose={() => undefined}
      sort={null}
      canSort={() => false}
      onSort={() => undefined}
      busy={false}
      onPhone="scroll"
    />,
  ],
  ['a plain one', <PlainTable key="plain" {...common} onPhone="scroll" />],
])('reads the head of a bare column out and doesn’t show it: %s', (_, table) => {
  const heads = headsOf(renderToStaticMarkup(table));
  expect(heads).toContain('<span class="sr-only">Cure</span>');
  expect(heads).not.toContain('<span class="sr-only">Name</span>');
});
