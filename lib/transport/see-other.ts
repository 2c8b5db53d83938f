/**
 * Sends a browser on to another page, of which nothing is kept and to which nothing is told. A path
 * stays relative: behind a proxy this process doesn't know the browser's address.
 */
export function seeOther(location: string, cookies: string[] = []): Response {
  const headers = new Headers({
    Location: location,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
  });
  for (const cookie of cookies) headers.append('Set-Cookie', cookie);
  return new Response(null, { status: 303, headers });
}
