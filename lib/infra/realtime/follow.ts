import { hub, type StreamName } from './hub';
import { readAfter, readNow, type StreamMessage } from './read-stream';

/**
 * A tenant's stream, from the message after `since` (null: from now, for usage with the state so
 * far) until `signal` aborts. Each message once, in order, whatever was lost on the way: a number
 * that isn't the next one makes it read what is missing from the database.
 */
export async function* follow(
  tenantId: string,
  stream: StreamName,
  since: number | null,
  signal: AbortSignal,
): AsyncGenerator<StreamMessage> {
  const inbox: StreamMessage[] = [];
  let behind = true;
  let wake: () => void = () => undefined;
  const stop = hub().subscribe(tenantId, stream, (message) => {
    // What doesn't fit is read from the database later, so that a slow reader costs no memory.
    if (message?.data === undefined || inbox.length >= 1_000) behind = true;
    else inbox.push({ seq: message.seq, data: message.data });
    wake();
  });
  const onAbort = () => wake();
  signal.addEventListener('abort', onAbort);
  try {
    let last = since;
    if (last === null) {
      const now = await readNow(tenantId, stream);
      yield* now.current;
      last = now.seq;
    }
    while (!signal.aborted) {
      const next = inbox.shift();
      if (behind || (next && next.seq > last + 1)) {
        behind = false;
        let page: StreamMessage[];
        do {
          page = await readAfter(tenantId, stream, last);
          for (const message of page) {
            if (signal.aborted) return;
            yield message;
            last = message.seq;
          }
        } while (page.length > 0);
      } else if (next) {
        if (next.seq <= last) continue;
        yield next;
        last = next.seq;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (inbox.length > 0 || behind || signal.aborted) resolve();
        });
      }
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    stop();
  }
}
