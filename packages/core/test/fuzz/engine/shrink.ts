/** A shorter input that still fails: parts of it are left out as long as that is so, and what is left is made plain. */
export async function shrink(input: Uint8Array, fails: (input: Uint8Array) => Promise<boolean>): Promise<Uint8Array> {
  let smallest = input;
  for (let size = smallest.length >> 1; size >= 1; size = size === 1 ? 0 : size >> 1) {
    for (let at = 0; at < smallest.length; ) {
      const without = Uint8Array.from([...smallest.subarray(0, at), ...smallest.subarray(at + size)]);
      if (await fails(without)) smallest = without;
      else at += size;
    }
  }
  for (let at = 0; at < smallest.length; at++) {
    const plain = smallest.slice();
    plain[at] = 'x'.charCodeAt(0);
    if (await fails(plain)) smallest = plain;
  }
  return smallest;
}
