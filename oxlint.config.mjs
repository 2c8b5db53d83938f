import { createRequire } from 'node:module';
import { rules as walls, settings } from './scripts/lint/walls.mjs';

const TESTS = ['**/*.test.ts', '**/*.test.tsx', 'e2e/**', 'lib/testing/**'];
/** Programs and settings of tools, which have no door to the environment. */
const OUTSIDE_THE_DOOR = [
  'lib/infra/env/**',
  // Hands its own environment on to its children.
  'lib/runtime/supervisor.ts',
  // Runs at the edge, where the door cannot be loaded.
  'middleware.ts',
  'instrumentation.ts',
  'bench/**',
  'prisma/**',
  'prove/**',
  'sandbox/**',
  'scripts/**',
  '*.config.*',
  ...TESTS,
];
/** Next and the tools of the root look for default exports. */
const DEFAULT_EXPORTS = [
  'app/**/{page,page.dev,layout,template,loading,error,global-error,not-found,default}.tsx',
  'app/**/{icon,apple-icon,opengraph-image,twitter-image,manifest,robots,sitemap}.{ts,tsx}',
  'lib/testing/global-setup.ts',
  'e2e/harness/global-setup.ts',
  'middleware.ts',
  '*.config.*',
];
const FRAMEWORK = ['next', 'next/*', 'next-auth', 'next-auth/*', 'react', 'react-dom', 'react/*'];
const noFramework = (message) => ({
  'no-restricted-imports': ['error', { patterns: [{ group: FRAMEWORK, message }] }],
});

export default {
  // By its path, so that the fixture outside the project finds it too.
  jsPlugins: [
    {
      name: 'boundaries',
      specifier: createRequire(import.meta.url).resolve('eslint-plugin-boundaries'),
    },
  ],
  plugins: [
    'typescript',
    'unicorn',
    'oxc',
    'import',
    'react',
    'jsx-a11y',
    'promise',
    'vitest',
    'node',
  ],
  categories: { correctness: 'error' },
  settings,
  ignorePatterns: [
    'node_modules/**',
    '**/generated/**',
    '**/*.generated.ts',
    'next-env.d.ts',
    '.next/**',
    '.tmp/**',
    '.data/**',
    'dist/**',
    'playwright-report/**',
    'test-results/**',
  ],
  rules: {
    ...walls,
    'import/no-cycle': ['error', { ignoreTypes: false }],
    'import/no-default-export': 'error',
    'max-lines': ['error', { max: 250 }],
    'max-lines-per-function': ['error', { max: 60 }],
    'no-console': 'error',
    'no-unused-vars': [
      'error',
      { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
    ],
    'node/no-process-env': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    'typescript/switch-exhaustiveness-check': [
      'error',
      { considerDefaultExhaustiveForUnions: true },
    ],
    'vitest/expect-expect': [
      'error',
      { assertFunctionNames: ['expect', 'expect*', 'assert*', 'refuses*'] },
    ],
    // What they ask for is wrong where it is reported, or only taste, or meant for React's compiler.
    'jsx-a11y/no-autofocus': 'off',
    'jsx-a11y/no-noninteractive-element-interactions': 'off',
    'jsx-a11y/no-noninteractive-tabindex': 'off',
    'jsx-a11y/prefer-tag-over-role': 'off',
    'jsx-a11y/role-has-required-aria-props': 'off',
    'promise/no-callback-in-promise': 'off',
    'react/immutability': 'off',
    'react/refs': 'off',
    'react/set-state-in-effect': 'off',
    'typescript/no-misused-spread': 'off',
    'unicorn/no-useless-spread': 'off',
    'unicorn/no-thenable': 'off',
  },
  overrides: [
    { files: ['**/*.tsx'], rules: { 'max-lines-per-function': ['error', { max: 150 }] } },
    {
      files: TESTS,
      rules: {
        'max-lines': ['error', { max: 500 }],
        'max-lines-per-function': 'off',
        'vitest/no-disabled-tests': 'error',
        'vitest/no-focused-tests': 'error',
        // Playwright and vitest allow what these doubt: fixtures, a message for expect, computed titles.
        'no-empty-pattern': 'off',
        'vitest/no-standalone-expect': 'off',
        'vitest/valid-expect': ['error', { maxArgs: 2 }],
        'vitest/valid-title': 'off',
      },
    },
    // What tests share is read like any other code; only its functions may list cases.
    { files: ['lib/testing/**'], rules: { 'max-lines': ['error', { max: 250 }] } },
    { files: OUTSIDE_THE_DOOR, rules: { 'node/no-process-env': 'off' } },
    { files: DEFAULT_EXPORTS, rules: { 'import/no-default-export': 'off' } },
    {
      files: ['scripts/**', 'bench/**', 'prove/**', 'sandbox/main.ts', 'prisma/**', 'e2e/**'],
      rules: { 'no-console': 'off' },
    },
    {
      files: ['app/api/v1/**', 'app/api/webhooks/**', 'app/api/health/**', 'app/api/metrics/**'],
      rules: noFramework('API handlers are web-standard functions: the gateway mounts them too.'),
    },
    {
      files: ['lib/kernel/**', 'lib/infra/**', 'lib/domains/**'],
      rules: noFramework('Rules and plumbing know no framework.'),
    },
    {
      files: [
        'lib/domains/trading/{engine,indicators}/**',
        'lib/domains/trading/strategies/language/**',
      ],
      excludeFiles: ['**/*.test.ts'],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [
              {
                regex: '^([^.@z]|z[^o]|@[^/])',
                message: 'Pure: no packages, no input, no output.',
              },
            ],
          },
        ],
        'no-restricted-globals': ['error', 'fetch', 'process', 'setTimeout', 'setInterval'],
      },
    },
  ],
};
