import Bowser from 'bowser';

/** "Chrome on macOS" for a user agent; a program by its own name ("curl 8.5.0"); null for nothing. */
export function deviceWords(userAgent: string | null): string | null {
  const text = userAgent?.trim();
  if (!text) return null;
  const { browser, os } = Bowser.parse(text);
  // A program says its name and version first; browsers all say "Mozilla".
  const program = /^(?!Mozilla\/)([\w.-]{1,40})(?:\/([\w.-]{1,20}))?/.exec(text);
  if (!os.name && program) return [program[1], program[2]].filter(Boolean).join(' ');
  if (!browser.name) return os.name ?? null;
  return os.name ? `${browser.name} on ${os.name}` : browser.name;
}
