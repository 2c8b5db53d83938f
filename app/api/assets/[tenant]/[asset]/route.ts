import { findAsset } from '@/lib/domains/tenancy';

type Context = { params: Promise<{ tenant: string; asset: string }> };

/** Whatever the file holds, a browser treats it as a picture and nothing else. */
const GUARDS = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  // A tenant's pages, sign-in pages and mail programs live on other hosts.
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

const extensions: Record<string, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/svg+xml': 'svg',
};

/**
 * A tenant's logo, for anybody: no cookie is read. Its id changes with its content, so that caches
 * may keep it for ever.
 */
export async function GET(request: Request, context: Context): Promise<Response> {
  const { tenant, asset } = await context.params;
  const found = await findAsset(tenant, asset);
  if (!found) {
    return new Response('There is no such picture.', {
      status: 404,
      headers: { ...GUARDS, 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' },
    });
  }
  const etag = `"${found.sha256.slice(0, 32)}"`;
  const headers = {
    ...GUARDS,
    'Content-Type': found.contentType,
    // Opened by itself it is saved, not shown; pictures in pages don't mind.
    'Content-Disposition': `attachment; filename="logo.${extensions[found.contentType] ?? 'bin'}"`,
    'Cache-Control': 'public, max-age=31536000, immutable',
    ETag: etag,
  };
  if (request.headers.get('if-none-match') === etag) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(new Uint8Array(found.bytes), { headers });
}
