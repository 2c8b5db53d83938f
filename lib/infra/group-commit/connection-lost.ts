/** PostgreSQL ending (57P0x), refusing (53300) or losing (class 08) a connection, and sockets doing so. */
const LOST_CODE =
  /^(08\w{3}|57P0[123]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;
const LOST_MESSAGE = /Connection terminated|timeout exceeded when trying to connect|not queryable/;

/** Whether a statement failed because its connection did, which leaves its outcome unknown. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (typeof code === 'string' && LOST_CODE.test(code)) || LOST_MESSAGE.test(error.message);
}
