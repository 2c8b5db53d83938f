'use client';

import { useEffect, useState } from 'react';

const names = [
  'panel',
  'raised',
  'line',
  'strong',
  'muted',
  'accent',
  'chart-1',
  'chart-2',
  'chart-3',
  'chart-4',
  'chart-5',
  'chart-6',
  'chart-up',
  'chart-down',
  'chart-grid',
  'chart-axis',
  'chart-cross',
] as const;

export type ChartColours = Record<(typeof names)[number], string>;

/** Canvas libraries parse colours themselves and know no OKLCH: let the browser convert. */
function read(): ChartColours {
  const style = getComputedStyle(document.documentElement);
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const convert = (name: string): string => {
    if (!context) return '#808080';
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = style.getPropertyValue(`--${name}`).trim();
    context.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data;
    return `#${[r, g, b].map((v) => v.toString(16).padStart(2, '0')).join('')}`;
  };
  return Object.fromEntries(names.map((name) => [name, convert(name)])) as ChartColours;
}

/** The tokens a canvas needs as `#rrggbb`, read anew when the theme changes; null before the first paint. */
export function useChartColours(): ChartColours | null {
  const [colours, setColours] = useState<ChartColours | null>(null);
  useEffect(() => {
    setColours(read());
    const observer = new MutationObserver(() => setColours(read()));
    observer.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['class', 'style'],
    });
    return () => observer.disconnect();
  }, []);
  return colours;
}

/** `#rrggbb` with an opacity 0…1. */
export function withAlpha(hex: string, alpha: number): string {
  return `${hex}${Math.round(alpha * 255)
    .toString(16)
    .padStart(2, '0')}`;
}
