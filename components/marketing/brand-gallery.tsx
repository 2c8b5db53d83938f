import { type BrandColours, deriveTheme } from '@/lib/kernel/colour';

const brands: readonly { name: string; colours: BrandColours }[] = [
  { name: 'A dark green', colours: { accent: '#0f6b4f', sidebar: '#0c2b22' } },
  { name: 'A pale yellow, corrected', colours: { accent: '#f2d13c', sidebar: '#fff6cf' } },
  { name: 'A loud violet', colours: { accent: '#7a1fa2', sidebar: '#f3e9f8' } },
];

/** Three workspaces in colours of their own, made by the very code that the branding page uses. */
export function BrandGallery() {
  return (
    <ul className="grid gap-5 sm:grid-cols-3">
      {brands.map(({ name, colours }) => {
        const theme = deriveTheme(colours, 'light');
        return (
          <li key={name}>
            <div
              aria-hidden="true"
              className="flex h-44 overflow-hidden rounded-lg border border-line shadow-md"
              // The values are the point here: they belong to a tenant, not to the product's tokens.
              style={{ background: '#ffffff', color: '#10151c' }}
            >
              <div
                className="flex w-1/3 flex-col gap-2 p-3"
                style={{ background: theme.sidebar ?? '', color: theme.sidebarText ?? '' }}
              >
                <span className="font-semibold text-sm">Acme</span>
                <span
                  className="rounded-sm px-1.5 py-0.5 text-xs"
                  style={{ background: theme.sidebarActive ?? '' }}
                >
                  Strategies
                </span>
                <span className="px-1.5 text-xs" style={{ color: theme.sidebarMuted ?? '' }}>
                  Back-tests
                </span>
                <span className="px-1.5 text-xs" style={{ color: theme.sidebarMuted ?? '' }}>
                  Usage
                </span>
              </div>
              <div className="flex flex-1 flex-col gap-2.5 p-3">
                <span className="font-semibold text-sm">Strategies</span>
                <span
                  className="rounded-sm px-2 py-1 text-xs"
                  style={{ background: theme.accentSubtle, color: theme.accentText }}
                >
                  SMA cross
                </span>
                <svg viewBox="0 0 120 40" className="mt-1 w-full" fill="none">
                  <path
                    d="M1 34 18 30 32 33 50 21 66 25 84 12 101 16 119 5"
                    stroke={theme.accentText}
                    strokeWidth="2"
                  />
                </svg>
                <span
                  className="mt-auto self-start rounded-md px-2.5 py-1 font-medium text-xs"
                  style={{ background: theme.accent, color: theme.onAccent }}
                >
                  Start back-test
                </span>
              </div>
            </div>
            <p className="mt-2.5 text-base text-muted">{name}</p>
          </li>
        );
      })}
    </ul>
  );
}
