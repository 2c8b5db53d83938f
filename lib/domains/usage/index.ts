export { countUsage, monthlyUsed } from './count-usage';
export { type Aggregation, builtInMeters, type MeterSpec } from './meters';
export { monthOf, nextMonthOf } from './periods';
