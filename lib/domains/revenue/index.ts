export { readCustomers, readMovements, readRevenueInvoices } from './read-lists';
export { readCohorts, readForecast, readRevenue } from './read-revenue';
export { customerSeries, invoiceSeries, movementSeries } from './to-series';
