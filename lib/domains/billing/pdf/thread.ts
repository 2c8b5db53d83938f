import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import type { PaperBrand } from './paper';
import { setPaper } from './set-paper';
import type { PaperAnswer, PaperRequest } from './thread-messages';

/** A logo has at most so many pixels in height: enough for half an inch at 600 dots. */
const LOGO_HEIGHT = 300;
const PRINTABLE = new Set(['image/png', 'image/jpeg']);

/** The logo as a kind of picture that a PDF can hold. Null when it can't be read: then the name stands in its place. */
async function printableLogo(logo: PaperBrand['logo']): Promise<Uint8Array | null> {
  if (!logo) return null;
  if (PRINTABLE.has(logo.contentType)) return logo.bytes;
  try {
    return await sharp(logo.bytes, { density: 300 })
      .resize({ height: LOGO_HEIGHT, withoutEnlargement: logo.contentType !== 'image/svg+xml' })
      .png()
      .toBuffer();
  } catch {
    return null;
  }
}

/** Entry of the thread that sets documents, one after another: fonts are read once, and nothing else waits meanwhile. */
async function answer({ id, paper }: PaperRequest): Promise<PaperAnswer> {
  try {
    return { id, pdf: await setPaper(paper, await printableLogo(paper.brand.logo)) };
  } catch (error) {
    return { id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (request: PaperRequest) => {
  void answer(request).then((message) => parentPort?.postMessage(message));
});
