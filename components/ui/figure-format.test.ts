import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatDuration,
  formatMoney,
  formatPercent,
  formatQuantity,
  formatRelative,
  formatTime,
  formatUtc,
  readableLocale,
} from './figure-format';

describe('readableLocale', () => {
  it('takes the first language that is one', () => {
    expect(readableLocale(['de-CH', 'en'])).toBe('de-CH');
    expect(readableLocale(['en-US@posix', 'fr'])).toBe('fr');
  });
  it('falls back where none is', () => {
    expect(readableLocale(['en-US@posix'])).toBe('en-US');
    expect(readableLocale(['', 'C'])).toBe('en-US');
    expect(readableLocale([])).toBe('en-US');
  });
});

describe('formatMoney', () => {
  it('reads minor units', () => {
    expect(formatMoney(284715, 'usd')).toBe('$2,847.15');
    expect(formatMoney(4900, 'usd', { whole: true })).toBe('$49');
    expect(formatMoney(4950, 'usd', { whole: true })).toBe('$49.50');
  });
  it('knows currencies without minor units', () => {
    expect(formatMoney(4900, 'jpy')).toBe('¥4,900');
  });
  it('writes a true minus and an explicit plus', () => {
    expect(formatMoney(-150, 'usd')).toBe('−$1.50');
    expect(formatMoney(150, 'usd', { signed: true })).toBe('+$1.50');
  });
});

describe('formatQuantity', () => {
  it('shortens from ten thousand only', () => {
    expect(formatQuantity(9999, { short: true })).toBe('9,999');
    expect(formatQuantity(1_234_567, { short: true })).toBe('1.2M');
    expect(formatQuantity(1_234_567)).toBe('1,234,567');
  });
  it('follows the locale', () => {
    expect(formatQuantity(1234.5, { locale: 'de-DE' })).toBe('1.234,5');
  });
});

describe('formatPercent', () => {
  it('takes percent, not fractions', () => {
    expect(formatPercent(12.345)).toBe('12.35%');
    expect(formatPercent(-3, { digits: 1, signed: true })).toBe('−3.0%');
    expect(formatPercent(3, { digits: 0, signed: true })).toBe('+3%');
    expect(formatPercent(0, { digits: 0, signed: true })).toBe('0%');
  });
  it('shortens what nobody reads to the end', () => {
    expect(formatPercent(656_195_866_172)).toBe('656.20B%');
    expect(formatPercent(999_999)).toBe('999,999.00%');
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_500_000, '1.5 MB'],
    [10_000_000_000, '10 GB'],
  ])('%d → %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [3600, '1 h'],
    [93_784, '1 d 2 h'],
    [31_557_600 + 86_400, '1 y 1 d'],
  ])('%d s → %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe('times', () => {
  const at = new Date('2026-11-23T21:06:25Z');
  it('shows the same instant in different zones', () => {
    expect(formatTime(at, 'minute')).toBe('Nov 23, 2026, 21:06');
    expect(formatTime(at, 'minute', { locale: 'en-US', timeZone: 'Asia/Tokyo' })).toBe(
      'Nov 24, 2026, 06:06',
    );
  });
  it('keeps UTC for hovering', () => {
    expect(formatUtc(at)).toBe('2026-11-23 21:06:25 UTC');
  });
  it('says how far away it is', () => {
    expect(formatRelative(new Date('2026-11-26T21:06:25Z'), at)).toBe('in 3 days');
    expect(formatRelative(new Date('2026-11-23T20:06:25Z'), at)).toBe('1 hour ago');
    expect(formatRelative(at, at)).toBe('this minute');
  });
});
