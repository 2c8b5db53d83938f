export { createStrategy } from './create-strategy';
export { getStrategy } from './get-strategy';
export { getStrategyForRun, type StrategyForRun } from './get-strategy-for-run';
export { checkDefinition, countStrategies } from './internal';
export { type StrategyPreset, strategyPresets } from './language';
export { listStrategies } from './list-strategies';
export { listVersions } from './list-versions';
export { updateStrategy } from './update-strategy';
