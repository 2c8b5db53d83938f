/** A fault the person who starts the product can mend: the message is one clear sentence for the terminal. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}
