export { findLastEvent, listAuditEvents } from './list-audit-events';
export { type AuditEntry, describeActor, recordAudit } from './record-audit';
export { type AuditEventDto, type AuditPage, auditPage, auditQuery } from './schemas';
