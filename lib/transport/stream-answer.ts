/** A download: its name, and what it is made of, piece by piece. `begin` runs once somebody reads. */
export type Download = {
  /** Characters that headers can't carry are replaced. */
  fileName: string;
  type: string;
  pieces: AsyncGenerator<Uint8Array>;
  begin?: () => Promise<void>;
};

/** Made as fast as it is read, and no longer when the reader goes away: of any length, a piece at a time is held. */
function streamOf({ pieces, begin }: Download): ReadableStream<Uint8Array> {
  let begun = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (!begun) await begin?.();
        begun = true;
        const next = await pieces.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Sends a download of a list or series that comes as JSON too, by what the caller accepts. */
export function streamAnswer(download: Download): Response {
  const fileName = download.fileName.replaceAll(/[^\w.-]/g, '_');
  return new Response(streamOf(download), {
    headers: {
      'content-type': download.type,
      'content-disposition': `attachment; filename="${fileName}"`,
      vary: 'Accept',
    },
  });
}
