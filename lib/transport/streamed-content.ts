import { startSha256 } from '@/lib/infra/crypto';

/** A larger body is nothing's, and isn't read to its end when the verb doesn't, in bytes. */
const MOST_BYTES = 256 * 1024 * 1024;

/** A body that is hashed as it passes, piece by piece, and never kept. */
export type StreamedContent = {
  /** The request, for the verb to read. */
  request: Request;
  /** Called with the hash once the body has passed, before the verb learns of its end. */
  onWhole(tell: (hash: string) => Promise<void>): void;
  /** Reads what the verb left. Answers the hash; null for a body too large to be anything's. */
  finish(): Promise<string | null>;
};

/** Takes the body of a request to hand it on under watch. */
export function streamedContent(request: Request): StreamedContent {
  const source = request.body?.getReader();
  const hash = startSha256();
  let bytes = 0;
  const declared = Number(request.headers.get('content-length') ?? 0);
  let whole: string | null = null;
  let tell: (hash: string) => Promise<void> = async () => undefined;

  async function next(): Promise<Uint8Array | null> {
    const part = await source?.read();
    if (part?.value) {
      bytes += part.value.byteLength;
      hash.update(part.value);
      return part.value;
    }
    if (whole === null) {
      whole = hash.digest('hex');
      await tell(whole);
    }
    return null;
  }

  // A verb that stops reading ends this stream, not the one below: the rest is still to be hashed.
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const piece = await next();
        if (piece) controller.enqueue(piece);
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const { url, method, headers, signal } = request;
  const init = { method, headers, signal, body, duplex: 'half' };
  return {
    request: new Request(url, init),
    onWhole: (listener) => {
      tell = listener;
    },
    finish: async () => {
      while (whole === null && Math.max(bytes, declared) <= MOST_BYTES) await next();
      return whole;
    },
  };
}
