/** Packed bytes on their way into zlib, which throws what it finds wrong into its source too: what the source threw is kept. */
export class PackedSource {
  /** Bytes that were read. */
  bytes = 0;
  /** Where the last of them stands that is not zero, and one. */
  contentEnd = 0;
  error: { readonly thrown: unknown } | undefined;

  readonly #iterator: AsyncIterator<Uint8Array>;
  #isDone = false;

  constructor(packed: AsyncIterable<Uint8Array>) {
    this.#iterator = packed[Symbol.asyncIterator]();
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    for (let chunk = await this.#next(); chunk !== undefined; chunk = await this.#next()) {
      // A copy: the producer may use its chunk again while zlib still holds it.
      if (chunk.length > 0) yield chunk.slice();
    }
  }

  /** Reads to the end what zlib does not want any more. */
  async readRest(): Promise<void> {
    while ((await this.#next()) !== undefined);
  }

  /** Tells the producer that no more is wanted. */
  async close(): Promise<void> {
    if (!this.#isDone) await this.#iterator.return?.();
    this.#isDone = true;
  }

  async #next(): Promise<Uint8Array | undefined> {
    if (this.#isDone) return undefined;
    const next = await this.#iterator.next().catch((thrown: unknown) => {
      this.#isDone = true;
      this.error = { thrown };
      throw thrown;
    });
    if (next.done === true) this.#isDone = true;
    else this.#count(next.value);
    return next.done === true ? undefined : next.value;
  }

  #count(chunk: Uint8Array): void {
    const last = chunk.findLastIndex((byte) => byte !== 0);
    if (last >= 0) this.contentEnd = this.bytes + last + 1;
    this.bytes += chunk.length;
  }
}
