export { follow } from './follow';
export { type AccessChange, CHANNEL, hub, type StreamName } from './hub';
export type { StreamMessage } from './read-stream';
export { announce, relayTurn, takeNumbers } from './relay-turn';
