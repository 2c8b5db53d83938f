export { follow } from './follow';
export { type AccessChange, CHANNEL, hub, type StreamName } from './hub';
export type { StreamMessage } from './read-stream';
export { announce, type OutboxListener, relayTurn, takeNumbers } from './relay-turn';
