import type { Scenario } from './scenario';
import { usageScenarios } from './series-and-streams';
import { answerScenarios } from './what-is-answered';
import { accessScenarios } from './who-may-call';

export type { Scene } from './scenario';

/**
 * The API as an outside program sees it. Run against the lean gateway and against stock Next, which
 * serve the very same files.
 */
export const apiScenarios: Scenario[] = [...accessScenarios, ...answerScenarios, ...usageScenarios];
