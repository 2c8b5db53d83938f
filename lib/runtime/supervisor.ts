import { SettingsError } from '@/lib/infra/env';
import { migrate } from '@/prisma/migrate';
import { seed } from '@/prisma/seed';
import { seedFirstOperator } from '@/prisma/seed/first-operator';
import { SetupError } from '@/prisma/setup-error';
import { type ProcessName, planProcess } from './child-plans';
import { watchSources } from './dev-watch';
import { refuseTakenPort } from './free-port';
import { Household } from './household';
import { manage } from './managed-process';
import { keepPostgres } from './postgres-keeper';
import { openDataFolder } from './postgres-place';
import { takeLock } from './supervisor-lock';
import { readDataDir, readSettings, type SupervisorSettings } from './supervisor-settings';
import { say, sayTrouble, timed } from './terminal';

export interface SuperviseOptions {
  /** The project's root folder. */
  root: string;
  /** Run the sources, and start processes anew when they change. */
  dev: boolean;
}

/** npm passes a key press on that has reached us already: signals so close together are one. */
const SAME_PRESS_MS = 1_000;

/**
 * Runs the whole product on one machine until a signal ends it, then ends the process. What goes wrong at the
 * start is one sentence on the terminal and exit code 1.
 */
export async function supervise(options: SuperviseOptions): Promise<never> {
  const household = new Household();
  const asked = listenToSignals(household);
  let exitCode = 0;
  try {
    await start(options, household);
    await asked;
  } catch (error) {
    if (!household.stopSignal.aborted) household.fail(error);
    if (household.failure !== undefined) {
      sayTrouble(explain(household.failure));
      exitCode = 1;
    }
  }
  await household.stop();
  if (exitCode === 0) say('Stopped.');
  process.exit(exitCode);
}

/** Resolves at the first signal; the second one ends everything at once. */
function listenToSignals(household: Household): Promise<void> {
  let first = 0;
  return new Promise((resolve) => {
    const onSignal = () => {
      if (first === 0) {
        first = Date.now();
        say('Stopping …');
        household.askToStop();
        resolve();
      } else if (Date.now() - first > SAME_PRESS_MS) {
        sayTrouble('Stopped at once.');
        household.kill();
        process.exit(1);
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  });
}

function explain(error: unknown): string {
  if (error instanceof SetupError || error instanceof SettingsError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function start(options: SuperviseOptions, household: Household): Promise<void> {
  const began = Date.now();
  const dataDir = readDataDir(process.env, options.root);
  openDataFolder(dataDir);
  household.lock = await takeLock(dataDir);
  const settings = readSettings(process.env, options.root, options.dev);
  await refuseTakenPorts(settings);
  const begin = (name: ProcessName, databaseUrl: string) =>
    startProcess(name, databaseUrl, options, settings, household);
  const [adminUrl] = await together(household, [
    timed('Database', () => prepareDatabase(options, settings, household)),
    settings.sandbox ? timed('Payment and mail sandbox', () => begin('sandbox', '')) : undefined,
  ]);
  household.stopSignal.throwIfAborted();
  await together(household, [
    timed('Web server', () => begin('server', adminUrl)),
    timed('Worker', () => begin('worker', adminUrl)),
  ]);
  if (options.dev)
    household.stopWatching = watchSources(options.root, (names) => household.restart(names));
  say(`Ready in ${((Date.now() - began) / 1000).toFixed(1)} s. Ctrl-C stops everything.`);
  process.stdout.write(`\n  ${settings.address}\n\n`);
}

/** The first failure stops the others; all are waited for, so that nothing starts after the end. */
async function together<T extends readonly unknown[]>(
  household: Household,
  tasks: readonly [...T],
): Promise<{ -readonly [Index in keyof T]: Awaited<T[Index]> }> {
  const watched = tasks.map((task) =>
    Promise.resolve(task).catch((error: unknown) => {
      household.fail(error);
      throw error;
    }),
  );
  await Promise.allSettled(watched);
  return Promise.all(tasks);
}

async function refuseTakenPorts(settings: SupervisorSettings): Promise<void> {
  await refuseTakenPort('SAAS_PORT', settings.port, settings.host);
  if (settings.sandbox === undefined) return;
  await refuseTakenPort('SANDBOX_PORT', settings.sandbox.port, '127.0.0.1');
  await refuseTakenPort('SANDBOX_SMTP_PORT', settings.sandbox.smtpPort, '127.0.0.1');
}

/** Returns the administrator's URL of a migrated and seeded database. */
async function prepareDatabase(
  options: SuperviseOptions,
  settings: SupervisorSettings,
  household: Household,
): Promise<string> {
  let adminUrl = settings.databaseUrl;
  if (adminUrl === undefined) {
    const { dataDir, postgresPassword: password, mode } = settings;
    const cluster = { dataDir, password, durable: mode !== 'test', onNotice: say };
    household.postgres = await keepPostgres(cluster, sayTrouble);
    adminUrl = household.postgres.url;
  }
  household.stopSignal.throwIfAborted();
  const url = adminUrl;
  const { root } = options;
  const applied = await migrate({ root, adminUrl, authSecret: settings.authSecret }, () =>
    seed(url),
  );
  if (applied.length > 0) say(`Migrations applied: ${applied.length}`);
  if (await seedFirstOperator(url, settings.operator)) sayOperator(settings);
  return adminUrl;
}

/** A password that we made up is shown this once. */
function sayOperator({ operator, consoleAddress, dataDir }: SupervisorSettings): void {
  say(`First operator: ${operator.email}, at ${consoleAddress}`);
  if (!operator.madeUp) return;
  say(`Password, shown this once (kept in ${dataDir}/secrets.json): ${operator.password}`);
}

async function startProcess(
  name: ProcessName,
  databaseUrl: string,
  options: SuperviseOptions,
  settings: SupervisorSettings,
  household: Household,
): Promise<void> {
  const place = { ...options, dataDir: settings.dataDir };
  const plan = planProcess(name, place, settings.childVariables(databaseUrl));
  const events = { onTrouble: sayTrouble, onChange: () => household.note() };
  household.add(name, await manage(plan, events, household.stopSignal));
}
