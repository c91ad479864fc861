import type { DueReplay, PendingReplay } from '../ports/pending-replay.port.ts';
import type { RejectPlace } from '../ports/reject-store.port.ts';

export class InMemoryPendingReplay implements PendingReplay {
  #due: DueReplay | undefined;
  #revisions = 0;

  async demand(): Promise<void> {
    this.#set(undefined);
  }

  async read(): Promise<DueReplay | undefined> {
    return this.#due;
  }

  async advance({ revision }: DueReplay, { key, contentHash, line }: RejectPlace): Promise<DueReplay | undefined> {
    return this.#due?.revision === revision ? this.#set({ key, contentHash, line }) : undefined;
  }

  async complete({ revision }: DueReplay): Promise<void> {
    if (this.#due?.revision === revision) this.#due = undefined;
  }

  #set(after: RejectPlace | undefined): DueReplay {
    this.#due = { after, revision: `${++this.#revisions}` };
    return this.#due;
  }
}
