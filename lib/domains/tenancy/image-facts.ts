/** What the bytes of an image say about themselves; what the sender says is not believed. */
export type ImageFacts = {
  contentType: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/svg+xml';
  /** Pixels; for SVG the size of its view box. */
  width: number;
  height: number;
};

const ascii = (bytes: Buffer, start: number, end: number) =>
  bytes.subarray(start, end).toString('latin1');

function pngFacts(bytes: Buffer): ImageFacts | null {
  if (bytes.length < 33 || bytes.readUInt32BE(0) !== 0x89504e47) return null;
  if (bytes.readUInt32BE(4) !== 0x0d0a1a0a || ascii(bytes, 12, 16) !== 'IHDR') return null;
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  return { contentType: 'image/png', width, height };
}

/** Start-of-frame markers; C4, C8 and CC in their midst mean other things. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function jpegFacts(bytes: Buffer): ImageFacts | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
    } else if (isFrame(marker)) {
      const [height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)];
      return { contentType: 'image/jpeg', width, height };
    } else {
      at += 2 + bytes.readUInt16BE(at + 2);
    }
  }
  return null;
}

function webpSize(bytes: Buffer): [width: number, height: number] | null {
  switch (ascii(bytes, 12, 16)) {
    case 'VP8 ':
      return [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff];
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1];
    }
    case 'VP8X':
      return [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1];
    default:
      return null;
  }
}

function webpFacts(bytes: Buffer): ImageFacts | null {
  if (bytes.length < 30 || ascii(bytes, 0, 4) !== 'RIFF' || ascii(bytes, 8, 12) !== 'WEBP') {
    return null;
  }
  const size = webpSize(bytes);
  return size && { contentType: 'image/webp', width: size[0], height: size[1] };
}

/** Width and height from the first tag: its view box, else its own measures. */
function svgFacts(bytes: Buffer): ImageFacts | null {
  const head = bytes
    .subarray(0, 4096)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  const tag = /^\s*(?:<\?xml\s[^>]*\?>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg\b([^>]*)>/.exec(head)?.[1];
  if (tag === undefined) return null;
  const box = /\bviewBox\s*=\s*["']\s*[\d.+-]+[\s,]+[\d.+-]+[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(tag);
  const width = Number(box?.[1] ?? /\bwidth\s*=\s*["']\s*([\d.]+)/.exec(tag)?.[1] ?? 0);
  const height = Number(box?.[2] ?? /\bheight\s*=\s*["']\s*([\d.]+)/.exec(tag)?.[1] ?? 0);
  return { contentType: 'image/svg+xml', width, height };
}

/** Kind and size of an image, read from its bytes; null when it is none of the four kinds. */
export function imageFacts(bytes: Buffer): ImageFacts | null {
  return pngFacts(bytes) ?? jpegFacts(bytes) ?? webpFacts(bytes) ?? svgFacts(bytes);
}
