import type { ChecklistStep } from '@/components/patterns/checklist';

type Done = { verified: boolean; strategy: boolean; backtest: boolean; apiCall: boolean };

/** What a new organisation does first, in order. */
export function firstSteps(base: string, done: Done): ChecklistStep[] {
  return [
    {
      id: 'strategy',
      title: 'Create a strategy',
      description:
        'Start from a preset, read its rules in plain English, and change what you like.',
      done: done.strategy,
      href: `${base}/strategies/new`,
    },
    {
      id: 'backtest',
      title: 'Run a back-test',
      description: 'Twenty years of the S&P 500 are there already; your own bars come as CSV.',
      done: done.backtest,
      href: `${base}/backtests/new`,
    },
    {
      id: 'api',
      title: 'Call the API',
      description: 'Create a key and let a program read what you see here.',
      done: done.apiCall,
      href: `${base}/api-keys`,
    },
    {
      id: 'verify',
      title: 'Confirm your e-mail address',
      description: 'The link is in your inbox. Then you can invite your team.',
      done: done.verified,
      href: `${base}/members`,
    },
  ];
}
