import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Random } from './random.ts';

/**
 * The inputs worth keeping: of each feature of the code the shortest input that has it. A file holds one a line, as JSON with
 * one character a byte, so that a change of it can be read.
 */
export class Corpus {
  readonly #owners = new Map<number, Uint8Array>();
  readonly #owned = new Map<Uint8Array, number>();
  #list: readonly Uint8Array[] | undefined;

  static read(path: string): Uint8Array[] {
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => new Uint8Array(Buffer.from(JSON.parse(line) as string, 'latin1')));
  }

  get inputs(): readonly Uint8Array[] {
    this.#list ??= [...this.#owned.keys()];
    return this.#list;
  }

  get features(): number {
    return this.#owners.size;
  }

  /** Whether the input is kept: it has a feature that none had, or that only longer ones had. */
  add(input: Uint8Array, features: readonly number[]): boolean {
    const won = features.filter((feature) => {
      const owner = this.#owners.get(feature);
      return owner === undefined || input.length < owner.length;
    });
    if (won.length === 0) return false;
    const kept = input.slice();
    for (const feature of won) this.#give(feature, kept);
    this.#list = undefined;
    return true;
  }

  /** One of the inputs; short ones and long ones alike. */
  any(random: Random): Uint8Array {
    return this.inputs.length === 0 ? new Uint8Array(0) : random.oneOf(this.inputs);
  }

  write(path: string): void {
    const lines = this.inputs.map((input) => JSON.stringify(Buffer.from(input).toString('latin1')));
    writeFileSync(path, `${lines.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).join('\n')}\n`);
  }

  #give(feature: number, input: Uint8Array): void {
    const loser = this.#owners.get(feature);
    this.#owners.set(feature, input);
    this.#owned.set(input, (this.#owned.get(input) ?? 0) + 1);
    if (loser === undefined) return;
    const left = this.#owned.get(loser)! - 1;
    if (left === 0) this.#owned.delete(loser);
    else this.#owned.set(loser, left);
  }
}
