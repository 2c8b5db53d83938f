'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import type { CommandPaletteProps } from './command-palette';

const CommandPalette = dynamic(
  () => import('./command-palette').then((module) => module.CommandPalette),
  { ssr: false },
);

/** Loads the palette at its first use; pages don't pay for it. */
export function CommandPaletteLoader(props: CommandPaletteProps) {
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (props.open) setWanted(true);
  }, [props.open]);
  return wanted ? <CommandPalette {...props} /> : null;
}
