/** Whether a caller prefers CSV to JSON: the first of the two that `Accept` names. */
export function wantsCsv(request: Request): boolean {
  const accepted = (request.headers.get('accept') ?? '')
    .split(',')
    .map((part) => part.split(';')[0]?.trim().toLowerCase());
  const first = accepted.find((type) => type === 'text/csv' || type === 'application/json');
  return first === 'text/csv';
}

/** A streamed download. Characters that headers can't carry are replaced in the file's name. */
export function csvResponse(body: ReadableStream<Uint8Array>, filename: string): Response {
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${filename.replaceAll(/[^\w.-]/g, '_')}"`,
    },
  });
}
