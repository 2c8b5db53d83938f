'use client';

import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { Dialog as Primitive } from 'radix-ui';
import { useEffect, useState } from 'react';
import { Kbd } from '../../ui/kbd';
import { Spinner } from '../../ui/spinner';
import { shellHref } from './shell-paths';
import type { ShellArea, ShellCommand } from './shell-types';

export interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  areas: readonly ShellArea[];
  base: string;
  commands?: readonly ShellCommand[];
  onSearch?: (query: string) => Promise<ShellCommand[]>;
}

type Found = { state: 'idle' | 'searching' | 'failed'; items: ShellCommand[] };

const NOTHING: Found = { state: 'idle', items: [] };

function useFound(query: string, onSearch: CommandPaletteProps['onSearch']): Found {
  const [found, setFound] = useState<Found>(NOTHING);
  useEffect(() => {
    const text = query.trim();
    if (!onSearch || text.length < 2) {
      setFound(NOTHING);
      return undefined;
    }
    let stale = false;
    setFound((before) => ({ ...before, state: 'searching' }));
    const timer = setTimeout(() => {
      onSearch(text).then(
        (items) => !stale && setFound({ state: 'idle', items }),
        () => !stale && setFound({ state: 'failed', items: [] }),
      );
    }, 180);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [query, onSearch]);
  return found;
}

/** ⌘K: go anywhere, do anything, find anything by typing a part of its name. */
export function CommandPalette({
  open,
  onOpenChange,
  areas,
  base,
  commands = [],
  onSearch,
}: CommandPaletteProps) {
  const router = useRouter();
  const { setTheme } = useTheme();
  const [query, setQuery] = useState('');
  const found = useFound(query, onSearch);
  const close = () => {
    onOpenChange(false);
    setQuery('');
  };
  const go = (path: string) => {
    close();
    const target = shellHref(base, path);
    if (target.startsWith('/')) router.push(target);
    else window.location.assign(target);
  };
  const groups = [...new Set(commands.map((command) => command.group))];
  return (
    <Primitive.Root open={open} onOpenChange={(next) => (next ? onOpenChange(true) : close())}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Primitive.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[12dvh] z-50 mx-auto max-w-[600px] animate-pop overflow-hidden rounded-lg border border-line bg-overlay shadow-xl outline-none"
        >
          <Primitive.Title className="sr-only">Search and commands</Primitive.Title>
          <Command label="Search and commands" loop>
            <div className="flex items-center gap-3 border-b border-line px-4">
              {found.state === 'searching' ? (
                <Spinner />
              ) : (
                <Search aria-hidden="true" className="size-4 text-muted" />
              )}
              <Command.Input
                value={query}
                onValueChange={setQuery}
                placeholder="Go to, do or find …"
                className="h-13 flex-1 bg-transparent text-md text-strong outline-none"
              />
              <Kbd>esc</Kbd>
            </div>
            <Command.List className="scrollbar-quiet max-h-[min(420px,60dvh)] overflow-y-auto p-2">
              <Command.Empty className="px-3 py-8 text-center text-base text-muted">
                {emptyWords(found.state, query)}
              </Command.Empty>
              <Group
                heading="Go to"
                items={areas.map((area) => ({ ...area, id: `area ${area.href}` }))}
                onGo={go}
              />
              {groups.map((group) => (
                <Group
                  key={group}
                  heading={group}
                  items={commands.filter((c) => c.group === group)}
                  onGo={go}
                />
              ))}
              {found.items.length > 0 ? (
                <Group heading="Found" items={found.items} onGo={go} always={query} />
              ) : null}
              <Command.Group heading="Theme" className={groupStyle}>
                {(['light', 'dark', 'system'] as const).map((theme) => (
                  <Command.Item
                    key={theme}
                    value={`theme ${theme}`}
                    className={itemStyle}
                    onSelect={() => {
                      setTheme(theme);
                      close();
                    }}
                  >
                    {theme === 'system' ? 'Theme as the system' : `Use the ${theme} theme`}
                  </Command.Item>
                ))}
              </Command.Group>
            </Command.List>
          </Command>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function emptyWords(state: Found['state'], query: string): string {
  if (state === 'searching') return 'Looking …';
  if (state === 'failed') return 'The search did not answer. Check your connection and type on.';
  return `Nothing is called “${query}”.`;
}

const groupStyle =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted';
const itemStyle =
  'flex min-h-10 cursor-pointer items-center gap-3 rounded-md px-2.5 text-base text-default data-[selected=true]:bg-raised data-[selected=true]:text-strong [&_svg]:size-4 [&_svg]:text-muted';

function Group({
  heading,
  items,
  onGo,
  always,
}: {
  heading: string;
  items: readonly Pick<ShellCommand, 'id' | 'label' | 'href' | 'icon' | 'keywords'>[];
  onGo: (href: string) => void;
  /** The server has matched these already: the query is among their keywords, so none is filtered out. */
  always?: string;
}) {
  return (
    <Command.Group heading={heading} className={groupStyle}>
      {items.map((item) => (
        <Command.Item
          key={item.id}
          value={`${item.id} ${item.label}`}
          keywords={[...(item.keywords ?? []), ...(always ? [always] : [])]}
          onSelect={() => onGo(item.href)}
          className={itemStyle}
        >
          <span aria-hidden="true">{item.icon}</span>
          <span className="min-w-0 flex-1 truncate">{item.label}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}
