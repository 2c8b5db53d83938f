import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { once } from '@/lib/infra/registry';
import type { Paper } from './paper';
import { printPaper } from './print-paper';

/** A document that can be set when it is wanted; `digest` names its content. */
export type PdfDocument = { fileName: string; digest: string; print: () => Promise<Uint8Array> };

/** Documents set lately, by their digest; at most so many bytes. */
const kept = () =>
  once('billing.documents', () => {
    const maxSize = 16 * 1024 * 1024;
    return new LRUCache<string, Uint8Array>({ maxSize, sizeCalculation: (pdf) => pdf.byteLength });
  });

/** Counted up when documents come to look different. */
const LAYOUT = 2;

function digestOf({ brand: { logo, ...brand }, ...paper }: Paper): string {
  const hash = createHash('sha256').update(JSON.stringify([LAYOUT, paper, brand]));
  return hash.update(logo?.bytes ?? '').digest('hex');
}

/** A paper as a document that is set once and then kept. */
export function documentOf(paper: Paper): PdfDocument {
  const digest = digestOf(paper);
  return {
    fileName: `${paper.title.toLowerCase().replaceAll(' ', '-')}-${paper.number}.pdf`,
    digest,
    print: async () => {
      const before = kept().get(digest);
      if (before) return before;
      const pdf = await printPaper(paper);
      kept().set(digest, pdf);
      return pdf;
    },
  };
}
