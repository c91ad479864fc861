/** Takes one of the choices, or a number up to 65,535. */
export interface Choose {
  <T>(choices: readonly T[]): T;
  number(): number;
}

/** How many bytes at the start of an input choose the settings under which the rest is read. */
const SETTING_BYTES = 10;

/** The settings that an input asks for, and the rest of it, one character a byte. */
export function readSettings(input: Uint8Array): { readonly choose: Choose; readonly rest: string } {
  let at = 0;
  const byte = () => input[at++] ?? 0;
  const choose = (<T>(choices: readonly T[]) => choices[byte() % choices.length]!) as Choose;
  choose.number = () => byte() * 256 + byte();
  return { choose, rest: Buffer.from(input.subarray(SETTING_BYTES)).toString('latin1') };
}
