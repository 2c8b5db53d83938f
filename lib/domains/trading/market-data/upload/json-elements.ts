import { DomainError, invalidField } from '@/lib/kernel/errors';

const [QUOTE, BACKSLASH, COMMA] = [34, 92, 44];
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [91, 93, 123, 125];
const LONGEST_ELEMENT = 65_536;
const LONGEST_FRAME = 1_000;
const EMPTY = Buffer.alloc(0);

const isBlank = (byte: number) => byte === 32 || (byte >= 9 && byte <= 13);
const opens = (byte: number) => byte === OPEN_BRACE || byte === OPEN_BRACKET;
const closes = (byte: number) => byte === CLOSE_BRACE || byte === CLOSE_BRACKET;

/**
 * Cuts `{"bars": [ … ]}` into the elements of its list, so that a body of any length takes little memory:
 * brackets are counted outside strings, and each element is parsed by itself, whatever kind of value it is.
 * What stands around the list must be exactly that.
 */
export class JsonElements {
  readonly #take: (value: unknown, place: number) => void;
  #where: 'before' | 'within' | 'after' = 'before';
  /** What stands outside the list, its brackets included. */
  #frame = '';
  #count = 0;
  /** An element may begin: after `[` and after a comma. */
  #mayBegin = true;
  #inElement = false;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #carried: Buffer = EMPTY;

  /** `take` gets the elements in order, the first as number 1. */
  constructor(take: (value: unknown, place: number) => void) {
    this.#take = take;
  }

  /** @throws malformed when it isn't JSON, invalid when it is another document */
  push(chunk: Uint8Array): void {
    const fresh = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    for (let at = 0; at < fresh.length; at++) {
      const byte = fresh[at] as number;
      if (this.#where !== 'within') {
        this.#addToFrame(byte);
        continue;
      }
      if (!this.#inElement) {
        if (!this.#begins(byte)) continue;
        start = at;
      }
      const end = this.#endsAt(byte, at);
      if (end < 0) continue;
      this.#finish(fresh.subarray(start, end));
      // A scalar ends where something else begins.
      if (end === at) this.#begins(byte);
    }
    if (this.#inElement) this.#carry(fresh.subarray(start));
  }

  /** @throws malformed or invalid, as `push` */
  end(): void {
    if (this.#frame.trim() === '') throw invalidField('body', 'empty_body', 'The body is empty.');
    if (this.#where === 'within') throw malformed();
    if (this.#outline() !== '{"bars":[]}') this.#refuseFrame();
    if (this.#count === 0) throw invalidField('bars', 'no_rows', 'The list of bars is empty.');
  }

  #outline(): string {
    return this.#frame.replaceAll(/\s/g, '');
  }

  #addToFrame(byte: number): void {
    this.#frame += String.fromCharCode(byte);
    if (this.#frame.length > LONGEST_FRAME) throw otherDocument();
    if (byte === OPEN_BRACKET && this.#outline() === '{"bars":[') this.#where = 'within';
  }

  /** Between elements: whether this byte begins one. */
  #begins(byte: number): boolean {
    if (isBlank(byte)) return false;
    if (byte === CLOSE_BRACKET) {
      if (this.#mayBegin && this.#count > 0) throw malformed();
      this.#where = 'after';
      this.#frame += ']';
      return false;
    }
    if ((byte === COMMA) === this.#mayBegin) throw malformed();
    if (byte === COMMA) {
      this.#mayBegin = true;
      return false;
    }
    this.#mayBegin = false;
    this.#inElement = true;
    return true;
  }

  /** Where the element ends, when this byte shows that it does; -1 when it goes on. */
  #endsAt(byte: number, at: number): number {
    if (this.#inString) {
      this.#stepInString(byte);
      return this.#inString || this.#depth > 0 ? -1 : at + 1;
    }
    if (byte === QUOTE) this.#inString = true;
    else if (opens(byte)) this.#depth++;
    else if (closes(byte) && this.#depth > 0) return --this.#depth === 0 ? at + 1 : -1;
    else if (this.#depth === 0 && (byte === COMMA || byte === CLOSE_BRACKET || isBlank(byte))) {
      return at;
    }
    return -1;
  }

  #stepInString(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
  }

  #finish(rest: Buffer): void {
    const text = Buffer.concat([this.#carried, rest]).toString('utf8');
    this.#carried = EMPTY;
    this.#inElement = false;
    this.#count++;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      throw malformed(`Bar ${this.#count} is not readable JSON.`, cause);
    }
    this.#take(value, this.#count);
  }

  #carry(bytes: Buffer): void {
    this.#carried = Buffer.concat([this.#carried, bytes]);
    if (this.#carried.length <= LONGEST_ELEMENT) return;
    const path = `bars[${this.#count}]`;
    throw invalidField(path, 'too_big', 'A bar of this size can’t be right: over 64 kB.');
  }

  #refuseFrame(): never {
    let parsed: unknown;
    try {
      parsed = JSON.parse(this.#frame);
    } catch (cause) {
      throw malformed(undefined, cause);
    }
    if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) {
      throw otherDocument();
    }
    const other = Object.keys(parsed).find((name) => name !== 'bars');
    if (other !== undefined) {
      throw invalidField(other, 'unknown_field', `There is no field "${other.slice(0, 40)}" here.`);
    }
    if ('bars' in parsed) {
      throw invalidField('bars', 'invalid_type', '"bars" must be a list of objects, given once.');
    }
    throw invalidField('bars', 'required', 'This field is required.');
  }
}

const malformed = (
  detail = 'The body is not readable JSON. Send {"bars": [{"time": …, "open": …}]}.',
  cause?: unknown,
) => new DomainError('malformed', 'malformed_json', detail, { cause });

const otherDocument = () =>
  invalidField('body', 'invalid_body', 'The body must be {"bars": [{…}, …]} and nothing else.');
