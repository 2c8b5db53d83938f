/** Seconds with one decimal below ten, whole ones above. */
export function seconds(since) {
  const passed = (Date.now() - since) / 1000;
  return `${passed < 10 ? passed.toFixed(1) : Math.round(passed)} s`;
}

/**
 * Runs one long step and tells the terminal: the label while it runs, the label with its time when it is done.
 * Not on a terminal (a log file, say), two plain lines.
 */
export async function step(label, work) {
  const started = Date.now();
  process.stdout.write(process.stdout.isTTY ? `  ${label} …` : `  ${label} …\n`);
  try {
    const result = await work();
    const line = `  ${label}: done in ${seconds(started)}\n`;
    process.stdout.write(process.stdout.isTTY ? `\r\u001b[2K${line}` : line);
    return result;
  } catch (error) {
    if (process.stdout.isTTY) process.stdout.write('\n');
    throw error;
  }
}
