/** A document to be downloaded; `digest` names its content, `print` makes it. */
type Document = { fileName: string; digest: string; print: () => Promise<Uint8Array> };

/**
 * A PDF as an answer. Who has it already is told so without it being made again; a browser may keep it, and asks
 * each time whether it still holds, for a payment changes what the document says.
 */
export async function documentAnswer(request: Request, document: Document): Promise<Response> {
  const etag = `"${document.digest.slice(0, 32)}"`;
  const headers = {
    'Content-Type': 'application/pdf',
    'Content-Disposition': `attachment; filename="${document.fileName}"`,
    'Cache-Control': 'private, no-cache',
    ETag: etag,
    'X-Content-Type-Options': 'nosniff',
  };
  if (request.headers.get('if-none-match') === etag) {
    return new Response(null, { status: 304, headers });
  }
  const bytes = await document.print();
  return new Response(new Uint8Array(bytes), { headers });
}
