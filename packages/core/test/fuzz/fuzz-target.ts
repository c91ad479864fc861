/** A module of `targets/`. */
export interface FuzzTarget {
  /** Throws where the code does to these bytes what it must not. */
  readonly fuzz: (input: Uint8Array) => void | Promise<void>;
  /** What means something to the code, one character a byte. */
  readonly dictionary: readonly string[];
  readonly maxBytes: number;
}
