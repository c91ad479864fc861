import type { FileClaim, LandedFile, RunEntry, RunFields, RunLedger } from '@weir/core';
import { InMemoryRunLedger } from '@weir/core/testing';
import type { Open, RunLedgerSubject } from '../../src/index.ts';
import { collect } from './collect.ts';
import { replaceMethods } from './replace-methods.ts';

/** Run ledgers that are wrong on purpose. */
export const BAD_RUN_LEDGERS: Readonly<Record<string, Open<RunLedgerSubject>>> = {
  'does not say where it is': spoil(() => ({ location: '' })),
  'reads by the beginning of an id, in any letter case': spoil((ledger) => {
    const ids: string[] = [];
    return {
      plan: (run) => {
        ids.push(run.runId);
        return ledger.plan(run);
      },
      read: (runId) => ledger.read(ids.find((id) => id.startsWith(runId.toLowerCase())) ?? runId),
    };
  }),
  'sorts the files of a plan': spoil((ledger) => ({
    plan: (run) => ledger.plan({ ...run, files: run.files.toSorted((a, b) => (a.key < b.key ? -1 : 1)) }),
  })),
  'plans over what is there': spoil((ledger) => ({
    plan: async (run) => {
      const answer = await ledger.plan(run);
      const planned = fieldsOf(answer.entry, { files: run.files, state: { kind: 'planned' } });
      const entry = answer.kind === 'known' ? await ledger.replace(answer.entry, planned) : answer.entry;
      return { ...answer, entry: entry ?? answer.entry };
    },
  })),
  'looks before it plans': spoil((ledger) => ({
    plan: async (run) => {
      const known = await ledger.read(run.runId);
      await pause();
      const { entry } = await ledger.plan(run);
      return { kind: known === undefined ? 'planned' : 'known', entry };
    },
  })),
  'forgets the lease': replacing((by) => ({ ...by, lease: undefined })),
  'takes an empty problem for none': replacing((by) =>
    by.state.kind === 'failed'
      ? { ...by, state: { ...by.state, problem: { ...by.state.problem, remedy: undefined } } }
      : by,
  ),
  'cuts a long report': replacing((by) => {
    if (by.state.kind !== 'committed') return by;
    const { report } = by.state;
    return { ...by, state: { ...by.state, report: { ...report, files: report.files.slice(0, 500) } } };
  }),
  'replaces whatever stands there': spoil((ledger) => ({
    replace: async ({ runId }, by) => ledger.replace((await ledger.read(runId))!, by),
  })),
  'compares what an entry says': spoil((ledger) => ({
    replace: async (read, by) => {
      const current = (await ledger.read(read.runId)) ?? read;
      const isSame = JSON.stringify({ ...current, revision: '' }) === JSON.stringify({ ...read, revision: '' });
      return isSame ? ledger.replace(current, by) : undefined;
    },
  })),
  'compares before it replaces': spoil((ledger) => ({
    replace: async (read, by) => {
      if ((await ledger.read(read.runId))?.revision !== read.revision) return undefined;
      await pause();
      return ledger.replace((await ledger.read(read.runId))!, by);
    },
  })),
  'creates what it replaces': spoil((ledger) => ({
    replace: async (read, by) => {
      const known = await ledger.read(read.runId);
      return ledger.replace(known === undefined ? (await ledger.plan(read)).entry : read, by);
    },
  })),
  'lets a replacement change the plan': spoil((ledger) => {
    const policies = new Map<string, RunEntry['policy']>();
    return {
      replace: (read, by) => {
        policies.set(read.runId, { ...read, ...by }.policy);
        return ledger.replace(read, by);
      },
      read: async (runId) => {
        const entry = await ledger.read(runId);
        return entry && { ...entry, policy: policies.get(runId) ?? entry.policy };
      },
    };
  }),
  'takes the key for the file version': renaming(({ key }) => ({ key, version: '' })),
  'joins key and version': renaming(({ key, version }) => ({ key: `${key}/${version}`, version: '' })),
  'folds letter case': renaming(({ key, version }) => ({ key: key.toLowerCase(), version })),
  'cuts long keys': renaming(({ key, version }) => ({ key: key.slice(0, 512), version })),
  'gives claims in another order': spoil((ledger) => ({
    claim: async (runId, files) => (await ledger.claim(runId, files)).toReversed(),
  })),
  'counts every call': spoil((ledger) => ({
    claim: async (runId, files) => {
      await ledger.release(runId, files);
      return ledger.claim(runId, files);
    },
  })),
  'looks before it claims': spoil((ledger) => ({
    claim: async (runId, files) => {
      const known = await ledger.claims(files);
      await pause();
      const answers: FileClaim[] = [];
      for (const [i, file] of files.entries()) {
        let [claim] = await ledger.claim(runId, [file]);
        if (known[i]?.runId === undefined && claim!.runId !== runId) {
          await ledger.release(claim!.runId!, [file]);
          [claim] = await ledger.claim(runId, [file]);
        }
        answers.push(claim!);
      }
      return answers;
    },
  })),
  'forgets what was freed': spoil((ledger) => ({
    claims: async (files) =>
      (await ledger.claims(files)).map((claim) => (claim?.runId === undefined ? undefined : claim)),
  })),
  'frees for anybody': spoil((ledger) => ({
    release: async (_, files) => {
      const claims = await ledger.claims(files);
      for (const claim of claims) if (claim?.runId !== undefined) await ledger.release(claim.runId, [claim.file]);
    },
  })),
  'frees nothing': spoil(() => ({ release: async () => {} })),
  'does not count': spoil((ledger) => ({
    claim: async (runId, files) => (await ledger.claim(runId, files)).map((claim) => ({ ...claim, attempt: 1 })),
  })),
  'claims the first thousand': spoil((ledger) => ({
    claim: (runId, files) => ledger.claim(runId, files.slice(0, 1000)),
  })),
  'lists a run that it does not have': spoil((ledger) => ({
    async *openRuns() {
      const open = (await collect(ledger.openRuns())).flat();
      yield open.length > 0 ? open : [{ runId: '' } as RunEntry];
    },
  })),
  'lists the newest run first': listing((entries) => entries.toReversed()),
  'lists the plans': listing((entries) => entries.map((entry) => ({ ...entry, notifiedAt: undefined }))),
  'lists without revisions': listing((entries) => entries.map((entry) => ({ ...entry, revision: '' }))),
  'lists the first thousand': listing((entries) => entries.slice(0, 1000)),
  'forgets a closed run': spoil((ledger) => {
    const closed = new Set<string>();
    return {
      close: (read) => {
        closed.add(read.runId);
        return ledger.close(read);
      },
      read: async (runId) => (closed.has(runId) ? undefined : ledger.read(runId)),
    };
  }),
  'changes closed runs': spoil((ledger) => {
    const closed = new Set<string>();
    return {
      close: async (read) => {
        const isCurrent = (await ledger.read(read.runId))?.revision === read.revision;
        if (isCurrent) closed.add(read.runId);
        return isCurrent ? read : undefined;
      },
      async *openRuns() {
        for await (const page of ledger.openRuns()) yield page.filter(({ runId }) => !closed.has(runId));
      },
    };
  }),
  'does not say that it closed a run': spoil((ledger) => ({
    close: async (read) => {
      await ledger.close(read);
      return undefined;
    },
  })),
  'closes whatever stands there': spoil((ledger) => ({
    close: async ({ runId }) => ledger.close((await ledger.read(runId))!),
  })),
};

function spoil(methods: (ledger: InMemoryRunLedger) => Partial<RunLedger>): Open<RunLedgerSubject> {
  return async () => {
    const ledger = new InMemoryRunLedger();
    return { ledger: replaceMethods<RunLedger>(ledger, methods(ledger)), close: async () => {} };
  };
}

function replacing(map: (by: RunFields) => RunFields): Open<RunLedgerSubject> {
  return spoil((ledger) => ({ replace: (read, by) => ledger.replace(read, map(by)) }));
}

function listing(map: (entries: readonly RunEntry[]) => readonly RunEntry[]): Open<RunLedgerSubject> {
  return spoil((ledger) => ({
    async *openRuns() {
      yield map((await collect(ledger.openRuns())).flat());
    },
  }));
}

/** Files claims under another name. */
function renaming(rename: (file: LandedFile) => { key: string; version: string }): Open<RunLedgerSubject> {
  const map = (files: readonly LandedFile[]) => files.map((file) => ({ ...file, ...rename(file) }));
  return spoil((ledger) => ({
    claim: async (runId, files) => {
      const claims = await ledger.claim(runId, map(files));
      return claims.map((claim, i) => ({ ...claim, file: files[i]! }));
    },
    claims: async (files) => {
      const claims = await ledger.claims(map(files));
      return claims.map((claim, i) => claim && { ...claim, file: files[i]! });
    },
    release: (runId, files) => ledger.release(runId, map(files)),
  }));
}

function fieldsOf(entry: RunEntry, changes: Partial<RunFields>): RunFields {
  const { files, state, lease, notifiedAt, settledAt } = entry;
  return { files, state, lease, notifiedAt, settledAt, ...changes };
}

/** Lets everybody else come first. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
