import { watch } from 'node:fs';
import path from 'node:path';
import type { ProcessName } from './child-plans';

/** Which processes read which sources; pages are reloaded by Next itself. */
const READERS: Record<string, readonly ProcessName[]> = {
  'app/api': ['server'],
  lib: ['server', 'worker'],
  sandbox: ['sandbox'],
};

/** Editors write a file in several steps, and several files at once. */
const SETTLE_MS = 300;

/** Tells which processes have to start anew when a source changes. Returns how to stop watching. */
export function watchSources(
  root: string,
  onChange: (names: ReadonlySet<ProcessName>) => void,
): () => void {
  const waiting = new Set<ProcessName>();
  let timer: NodeJS.Timeout | undefined;
  const watchers = Object.entries(READERS).map(([folder, names]) =>
    watch(path.join(root, folder), { recursive: true }, (_event, file) => {
      if (file === null || !file.endsWith('.ts') || file.endsWith('.test.ts')) return;
      for (const name of names) waiting.add(name);
      clearTimeout(timer);
      timer = setTimeout(() => {
        onChange(new Set(waiting));
        waiting.clear();
      }, SETTLE_MS);
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
