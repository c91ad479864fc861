import assert from 'node:assert/strict';
import { AnyId, buildDimensionIndex, encodeStagedLine, parsePolicy, type RowWorkers } from '@weir/core';
import { type Piece, type PieceFile, type PieceResult, PieceWork } from '@weir/core/row-work';
import type { Contract } from './contract.ts';

export interface RowWorkersSubject {
  readonly workers: RowWorkers;
}

const ROW = 'T-1,C-1,P-1,2,3.50,2023-03-15,Cash,Completed\n';
const BAD_ROW = ROW.replace('C-1', 'nobody');
/** A row with a line break in quotes, in two parts. */
const [BEGUN, REST] = ['"T-2\n', '",C-1,P-1,1,1.00,2023-03-15,Cash,Pending\n'] as const;

/** What the workers of one file do with pieces of it. */
export const rowWorkersContract: Contract<RowWorkersSubject> = {
  port: 'RowWorkers',
  clauses: {
    'gives the lines of one reader, on every worker': async ({ workers }) => {
      const file = await openFile(1);
      const opened = workers.openFile(file);
      for (let worker = 0; worker < workers.count; worker++) {
        const piece = pieceOf(ROW + BAD_ROW, 7);
        const result = await opened.work(worker, worker, piece, undefined);
        const expected = new PieceWork(file).work(worker, piece, undefined);
        // As text: what comes from a thread has other prototypes in a test runner.
        assert.equal(JSON.stringify(readable(result)), JSON.stringify(readable(expected)));
        assert.match(readable(result).rows, /^1\t7\tT-1\t/);
      }
      opened.close();
    },

    'goes on from the piece that was left open, by its number': async ({ workers }) => {
      const opened = workers.openFile(await openFile(1));
      const { isOpen } = await opened.work(0, 4, pieceOf(BEGUN, 9), undefined);
      assert.equal(isOpen, true);
      const { rows, tally } = readable(await opened.work(0, 5, pieceOf(REST, 10), 4));
      assert.equal(tally.read, 1);
      assert.match(rows, /^1\t9\tT-2/);
      opened.close();
    },

    'does the pieces of a worker in the order of the calls': async ({ workers }) => {
      const opened = workers.openFile(await openFile(1));
      const begun = opened.work(0, 0, pieceOf(BEGUN, 2), undefined);
      const rest = opened.work(0, 1, pieceOf(REST, 3), 0);
      assert.equal((await begun).isOpen, true);
      assert.equal((await rest).tally.read, 1);
      opened.close();
    },

    'keeps files apart': async ({ workers }) => {
      const [one, two] = [workers.openFile(await openFile(1)), workers.openFile(await openFile(2))];
      assert.match(readable(await two.work(0, 0, pieceOf(ROW, 2), undefined)).rows, /^2\t/);
      assert.match(readable(await one.work(0, 0, pieceOf(ROW, 2), undefined)).rows, /^1\t/);
      one.close();
      two.close();
    },

    'gives room of the size that is asked for, and nothing beside it': async ({ workers }) => {
      const opened = workers.openFile(await openFile(1));
      const room = opened.createBuffer(1000);
      assert.deepEqual([room.length, room.buffer.byteLength], [1000, 1000]);
      opened.close();
    },

    'forgets a piece that was dropped': async ({ workers }) => {
      const opened = workers.openFile(await openFile(1));
      await opened.work(0, 0, pieceOf(BEGUN, 2), undefined);
      opened.drop(0, 0);
      await assert.rejects(opened.work(0, 1, pieceOf(REST, 3), 0));
      opened.close();
    },

    'takes any id where the dimensions do, on every worker': async ({ workers }) => {
      const opened = workers.openFile({ ...(await openFile(1)), products: new AnyId(), customers: new AnyId() });
      for (let worker = 0; worker < workers.count; worker++) {
        const { tally } = await opened.work(worker, worker, pieceOf(ROW + BAD_ROW, 2), undefined);
        assert.deepEqual([tally.read, tally.rejected], [2, 0]);
      }
      opened.close();
    },

    'may close a file more than once': async ({ workers }) => {
      const opened = workers.openFile(await openFile(1));
      opened.close();
      opened.close();
    },
  },
};

function pieceOf(text: string, line: number): Piece {
  return { bytes: new TextEncoder().encode(text), line, startsLine: true, isLast: false };
}

async function openFile(fileNo: number): Promise<PieceFile> {
  const header = {
    kind: 'header' as const,
    slots: Int32Array.from({ length: 8 }, (_, slot) => slot),
    ignored: [],
    text: '',
  };
  const products = await buildDimensionIndex(lines(['P-1', 'Kettle', 'Kitchen', 'S-1', '21.50']), { shared: true });
  const customers = await buildDimensionIndex(lines(['C-1', 'Gold']), { shared: true });
  return { policy: parsePolicy(), fileNo, fileDay: '2023-03-15', products, customers, header };
}

async function* lines(values: readonly string[]): AsyncGenerator<Uint8Array> {
  yield encodeStagedLine(values);
}

function readable({ rows, rejects, isOpen, tally }: PieceResult) {
  const text = (blocks: readonly Uint8Array[]) => blocks.map((block) => new TextDecoder().decode(block)).join('');
  return { rows: text(rows), rejects: text(rejects), isOpen, tally };
}
