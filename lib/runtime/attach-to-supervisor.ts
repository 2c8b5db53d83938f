/** What a process run by the supervisor can say to it. */
export interface Supervised {
  /** Call once, when the work can begin. */
  ready(): void;
}

/**
 * Binds this process to its supervisor: `stop` runs once, when the supervisor asks for it or is gone
 * (its channel closes even when it was killed), and then the process exits. Run by hand, Ctrl-C does the same.
 * @param stop drains and closes; a rejection makes the exit code 1
 */
export function attachToSupervisor(stop: () => Promise<void>): Supervised {
  let stopping = false;
  const end = () => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.on('disconnect', end);
  return { ready: () => process.send?.('ready') };
}
