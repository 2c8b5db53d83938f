'use client';

import { Search, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/button';
import { Input } from '../../ui/input';
import { Select } from '../../ui/select';
import type { TableFilter } from './table-types';
import type { TableAddress } from './use-table-address';

/** Search, filters and what else stands above a table. */
export function TableToolbar<Row>({
  label,
  address,
  filters,
  searchable,
  delay,
  actions,
}: {
  label: string;
  address: TableAddress;
  filters: readonly TableFilter<Row>[];
  searchable: boolean;
  /** ms to wait for the next key before searching. */
  delay: number;
  actions?: ReactNode;
}) {
  const { query } = address;
  const active = query.search !== '' || Object.keys(query.filters).length > 0;
  if (!searchable && filters.length === 0 && !actions) return null;
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2.5">
      {searchable ? (
        <SearchBox label={label} value={query.search} delay={delay} onSearch={address.setSearch} />
      ) : null}
      {filters.map((filter) => (
        <Select
          key={filter.id}
          size="sm"
          aria-label={filter.label}
          value={query.filters[filter.id] ?? ''}
          onChange={(event) => address.setFilter(filter.id, event.target.value)}
          options={[{ value: '', label: `${filter.label}: all` }, ...filter.options]}
        />
      ))}
      {active ? (
        <Button variant="ghost" size="sm" icon={<X />} onClick={address.clear}>
          Clear
        </Button>
      ) : null}
      {actions ? <div className="ml-auto flex items-center gap-2">{actions}</div> : null}
    </div>
  );
}

function SearchBox({
  label,
  value,
  delay,
  onSearch,
}: {
  label: string;
  value: string;
  delay: number;
  onSearch: (text: string) => void;
}) {
  const [text, setText] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (document.activeElement !== input.current) setText(value);
  }, [value]);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement | null;
      if (event.key !== '/' || target?.closest('input, textarea, select, [contenteditable="true"]'))
        return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', listen);
    return () => {
      document.removeEventListener('keydown', listen);
      clearTimeout(timer.current);
    };
  }, []);
  const search = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(next.trim()), delay);
  };
  return (
    <div className="w-56 max-w-full max-sm:w-full">
      <Input
        ref={input}
        type="search"
        prefix={<Search aria-hidden="true" />}
        aria-label={`Search ${label.toLowerCase()}`}
        aria-keyshortcuts="/"
        placeholder={`Search ${label.toLowerCase()}`}
        className="h-7 pl-8 text-sm [&::-webkit-search-cancel-button]:hidden"
        value={text}
        onChange={(event) => search(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text) search('');
        }}
      />
    </div>
  );
}
