import { printableJson } from '@weir/core/text';
import { LineFile } from './line-file.ts';

/** Events as lines of JSON at the end of a file. Never throws: what cannot be written is told once, and then left out. */
export class EventFile {
  readonly #path: string;
  readonly #onFault: (error: unknown) => void;
  #file: LineFile | undefined;
  #isBroken = false;

  constructor(path: string, onFault: (error: unknown) => void) {
    this.#path = path;
    this.#onFault = onFault;
  }

  readonly write = (event: object): void => {
    if (this.#isBroken) return;
    this.#attempt(() => {
      this.#file ??= new LineFile(this.#path);
      this.#file.write(`${printableJson(event)}\n`);
    });
  };

  close(): void {
    const file = this.#file;
    this.#file = undefined;
    if (file !== undefined) this.#attempt(() => file.close());
  }

  #attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!this.#isBroken) this.#onFault(error);
      this.#isBroken = true;
    }
  }
}
