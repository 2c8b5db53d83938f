export { follow } from './follow';
export { CHANNEL, hub, type StreamName } from './hub';
export type { StreamMessage } from './read-stream';
export { announce, relayTurn, takeNumbers } from './relay-turn';
