/**
 * SVG is a programming language in disguise. Instead of cleaning a drawing (and missing something), one
 * that holds anything beyond plain shapes, text and gradients is refused with the reason.
 */
const elements = new Set([
  ...['svg', 'g', 'defs', 'title', 'desc', 'symbol', 'use', 'path', 'rect', 'circle', 'ellipse'],
  ...['line', 'polyline', 'polygon', 'text', 'tspan', 'textPath', 'linearGradient', 'stop'],
  ...['radialGradient', 'clipPath', 'mask', 'pattern', 'marker', 'filter', 'metadata', 'style'],
  ...['feGaussianBlur', 'feOffset', 'feBlend', 'feColorMatrix', 'feFlood', 'feComposite'],
  ...['feMerge', 'feMergeNode', 'feDropShadow'],
]);

const attributeName =
  /^(?:xmlns(?::[\w-]+)?|[A-Za-z][\w-]*|xml:space|xlink:href|inkscape:[\w-]+|sodipodi:[\w-]+)$/;
const tagPattern =
  /^<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/;
const attributePattern = /([\w:.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;

/** CSS that could fetch something or run: any URL but one into the drawing itself, imports, escapes. */
function unsafeStyle(css: string): boolean {
  if (/[\\@]|expression|javascript|behavior|-moz-binding/i.test(css)) return true;
  return [...css.matchAll(/url\s*\(\s*["']?([^)]*)/gi)].some(
    ([, target = '']) => !target.startsWith('#'),
  );
}

function attributeFault(name: string, value: string): string | null {
  if (!attributeName.test(name)) return `the attribute ${name}`;
  if (/^on/i.test(name)) return `the script attribute ${name}`;
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d{1,5}|#x[0-9a-f]{1,4});)/i.test(value)) return 'an entity';
  if (/^(?:xlink:)?href$/.test(name) && !value.trim().startsWith('#')) return 'a link to outside';
  if (name.startsWith('xmlns')) return null;
  if (/&#/.test(value) && /href|style|url/i.test(name + value)) return 'a hidden reference';
  return unsafeStyle(value) ? `an unsafe value of ${name}` : null;
}

function tagFault(element: string, attributes: string): string | null {
  if (!elements.has(element)) return `the element ${element}`;
  for (const [, name = '', double, single] of attributes.matchAll(attributePattern)) {
    const fault = attributeFault(name, double ?? single ?? '');
    if (fault) return fault;
  }
  return null;
}

/** What keeps an SVG from being a harmless drawing, as the end of "it contains …"; null when nothing does. */
export function svgFault(source: string): string | null {
  let rest = source.replace(/^\uFEFF/, '').replace(/^\s*<\?xml\s[^>]*\?>/, '');
  let inside: string | null = null;
  while (rest !== '') {
    const text = /^[^<]*/.exec(rest)?.[0] ?? '';
    if (inside === 'style' && unsafeStyle(text)) return 'an unsafe style';
    if (/&(?!(?:amp|lt|gt|quot|apos|#\d{1,5}|#x[0-9a-f]{1,4});)/i.test(text)) return 'an entity';
    rest = rest.slice(text.length);
    if (rest === '') break;
    const comment = /^<!--[\s\S]*?-->/.exec(rest);
    const tag = comment ? null : tagPattern.exec(rest);
    if (!comment && !tag) return 'something that is neither a tag nor a comment';
    if (tag) {
      const [, closing = '', element = '', attributes = '', empty = ''] = tag;
      const fault = closing ? null : tagFault(element, attributes);
      if (fault) return fault;
      inside = closing || empty ? null : element;
    }
    rest = rest.slice((comment ?? tag)?.[0].length ?? rest.length);
  }
  return null;
}
