export { addUsage, countUsage, monthlyUsed } from './count-usage';
export { countBandwidth } from './count-bandwidth';
export { countExport } from './count-export';
export { createMeter } from './create-meter';
export { getCurrentUsage, limitOfMeter } from './get-current-usage';
export { exportUsage, getUsage } from './get-usage';
export { listMeters } from './list-meters';
export { type Aggregation, builtInMeters, type MeterSpec } from './meters';
export { monthSoFar } from './month-so-far';
export { monthOf, nextMonthOf } from './periods';
export { readMonthlyUse } from './read-monthly-use';
export { recordEvent, recordEvents } from './record-events';
export { totalOf } from './total-of';
export { setUsage } from './set-usage';
export {
  type CurrentUsageRow,
  createMeterInput,
  currentUsage,
  type MeterDto,
  meterDto,
  meterList,
  recordedBatch,
  recordedEvent,
  type UsagePoint,
  type UsageQuery,
  usageBatchInput,
  usageEventInput,
  usageQuery,
  usageSeries,
} from './schemas';
