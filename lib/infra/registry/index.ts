/**
 * What must exist once in a process. Pages and the gateway are two bundles of the same code in one
 * process; without this each would have pools, caches and listeners of its own.
 */
const KEY = Symbol.for('neozork.registry');

type Holder = { [KEY]?: Map<string, unknown> };

/** What `create` makes under `name`, made once in this process, whichever bundle asks first. */
export function once<T>(name: string, create: () => T): T {
  const holder = globalThis as Holder;
  holder[KEY] ??= new Map();
  const registry = holder[KEY];
  if (!registry.has(name)) registry.set(name, create());
  return registry.get(name) as T;
}
