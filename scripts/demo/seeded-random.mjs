/**
 * Numbers in [0, 1) that look random and are the same for the same word (mulberry32).
 * @param {string} word
 * @returns {() => number}
 */
export function seededRandom(word) {
  let state = 2_166_136_261;
  for (const letter of word) state = Math.imul(state ^ letter.codePointAt(0), 16_777_619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
