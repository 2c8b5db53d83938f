/** What is to be said of a tenant's colours. Seen from outside through `colour.ts`. */
import { contrast, PART_CONTRAST, readableOn, TEXT_CONTRAST, WHITE } from './colour-contrast';
import { type BrandColours, deriveTheme, SURFACES, type ThemeMode } from './colour-theme';

/** One check of a tenant's colours, in words a person who is no designer understands. */
export interface ContrastFinding {
  id: 'accent_text' | 'accent_part' | 'accent_dark' | 'sidebar_text';
  label: string;
  /** As chosen, before any correction. */
  ratio: number;
  required: number;
  pass: boolean;
  message: string;
}

const short = (ratio: number) => `${(Math.floor(ratio * 10) / 10).toFixed(1)}:1`;

/**
 * What is right and wrong with the colours as chosen, and what the product does about it.
 * A failing finding never forbids saving: the derived theme corrects it. Throws RangeError on bad hex.
 */
export function contrastReport(brand: BrandColours): ContrastFinding[] {
  const light = deriveTheme(brand, 'light');
  const dark = deriveTheme(brand, 'dark');
  const findings = [
    whiteTextFinding(brand.accent, light.onAccent),
    partFinding('accent_part', 'light', brand.accent, light.accent),
    partFinding('accent_dark', 'dark', brand.accent, dark.accent),
  ];
  if (brand.sidebar !== undefined) findings.push(sidebarFinding(brand.sidebar));
  return findings;
}

function whiteTextFinding(accent: string, onAccent: string): ContrastFinding {
  const ratio = contrast(accent, WHITE);
  const pass = ratio >= TEXT_CONTRAST;
  const fixed =
    onAccent === WHITE ? 'Buttons use a darker shade.' : 'Buttons carry dark text instead.';
  return {
    id: 'accent_text',
    label: 'White text on the accent',
    ratio,
    required: TEXT_CONTRAST,
    pass,
    message: pass
      ? `White text on your accent reads well (${short(ratio)}).`
      : `White text on your accent is hard to read (${short(ratio)}, text needs 4.5:1). ${fixed}`,
  };
}

function partFinding(
  id: 'accent_part' | 'accent_dark',
  mode: ThemeMode,
  chosen: string,
  used: string,
): ContrastFinding {
  const { canvas, panel, raised } = SURFACES[mode];
  const ratio = Math.min(...[canvas, panel, raised].map((s) => contrast(chosen, s)));
  const pass = ratio >= PART_CONTRAST;
  const direction = mode === 'light' ? 'darker' : 'lighter';
  return {
    id,
    label: `The accent on the ${mode} theme`,
    ratio,
    required: PART_CONTRAST,
    pass,
    message: pass
      ? `Your accent stands out on the ${mode} theme (${short(ratio)}).`
      : `Your accent is too close to the ${mode} background (${short(ratio)}, parts need 3:1). We use the ${direction} ${used} there.`,
  };
}

function sidebarFinding(sidebar: string): ContrastFinding {
  const text = readableOn(sidebar);
  const ratio = contrast(sidebar, text);
  return {
    id: 'sidebar_text',
    label: 'Text on the sidebar',
    ratio,
    required: TEXT_CONTRAST,
    pass: ratio >= TEXT_CONTRAST,
    message: `The sidebar carries ${text === WHITE ? 'white' : 'dark'} text, which reads well (${short(ratio)}).`,
  };
}
