import { pino } from 'pino';
import { env } from '../env';
import { once } from '../registry';

/** Structured log on standard output; credentials and mail addresses never reach it. */
export const log = () =>
  once('log', () =>
    pino({
      level: env().logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          '*.password',
          '*.token',
          '*.secret',
          '*.authorization',
          '*.cookie',
          'headers.authorization',
          'headers.cookie',
        ],
        censor: '[removed]',
      },
    }),
  );
