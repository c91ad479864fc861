/** True where `bytes[start, end)` is well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates) without NUL. */
export function isValidText(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end) {
    const lead = bytes[at++]!;
    if (lead === 0) return false;
    if (lead < 0x80) continue;
    // The second byte has the tighter bounds: they shut out overlong forms, surrogates and what is above U+10FFFF.
    let low = 0x80;
    let high = 0xbf;
    let more: number;
    if (lead >= 0xc2 && lead <= 0xdf) more = 1;
    else if (lead >= 0xe0 && lead <= 0xef) {
      more = 2;
      if (lead === 0xe0) low = 0xa0;
      else if (lead === 0xed) high = 0x9f;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
      more = 3;
      if (lead === 0xf0) low = 0x90;
      else if (lead === 0xf4) high = 0x8f;
    } else return false;
    if (at + more > end) return false;
    const second = bytes[at]!;
    if (second < low || second > high) return false;
    for (let i = 1; i < more; i++) {
      if ((bytes[at + i]! & 0xc0) !== 0x80) return false;
    }
    at += more;
  }
  return true;
}
