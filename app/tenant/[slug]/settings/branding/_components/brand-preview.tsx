import { deriveTheme } from '@/lib/kernel/colour';

type Props = { name: string; logo: string | null; colours: { accent: string; sidebar: string } };

/** The dashboard and the sign-in page in small, in both themes, with the colours as they will be derived. */
export function BrandPreview(props: Props) {
  return (
    <div className="grid content-start gap-4 sm:grid-cols-2">
      <Sample mode="light" {...props} />
      <Sample mode="dark" {...props} />
    </div>
  );
}

function Sample({ mode, name, logo, colours }: Props & { mode: 'light' | 'dark' }) {
  const theme = deriveTheme(colours, mode);
  const ground = mode === 'light' ? '#ffffff' : '#12161d';
  const text = mode === 'light' ? '#1b2230' : '#e8ecf3';
  return (
    <figure className="grid gap-2">
      <div
        className="flex h-44 overflow-hidden rounded-lg border border-line"
        style={{ background: ground, color: text }}
      >
        <div
          className="grid w-24 content-start gap-2 p-3 text-xs"
          style={{ background: theme.sidebar ?? undefined, color: theme.sidebarText ?? undefined }}
        >
          {logo ? (
            // biome-ignore lint/performance/noImgElement: a tenant's own file, served as it is
            <img src={logo} alt="" className="h-5 max-w-full object-contain object-left" />
          ) : (
            <span className="truncate font-semibold">{name}</span>
          )}
          <span>Overview</span>
          <span>Strategies</span>
          <span>Back-tests</span>
        </div>
        <div className="grid flex-1 content-start gap-3 p-4 text-sm">
          <span className="font-semibold">Overview</span>
          <span>
            A sentence with a{' '}
            <span className="underline" style={{ color: theme.accentText }}>
              link
            </span>
            .
          </span>
          <span
            className="w-fit rounded-md px-3 py-1.5 font-medium text-xs"
            style={{ background: theme.accent, color: theme.onAccent }}
          >
            Start back-test
          </span>
          <span
            className="w-fit rounded-md px-2 py-0.5 text-xs"
            style={{ background: theme.accentSubtle, color: theme.accentText }}
          >
            Running
          </span>
        </div>
      </div>
      <figcaption className="text-muted text-sm">{mode === 'light' ? 'Light' : 'Dark'}</figcaption>
    </figure>
  );
}
