import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { testEnvironment } from './test-settings';

// Before each test file is loaded: nothing of the developer's own settings may reach a test.
const settings = testEnvironment(inject('adminUrl'), `test_${randomBytes(6).toString('hex')}`);
Object.assign(process.env, settings);
