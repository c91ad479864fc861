import { DimensionIndex, type FileWorkers, type RowWorkers } from '@weir/core';
import { InMemoryRowWorkers } from '@weir/core/testing';
import type { Open, RowWorkersSubject } from '../../src/index.ts';

const bad =
  (spoil: (opened: FileWorkers, workers: RowWorkers) => Partial<FileWorkers>): Open<RowWorkersSubject> =>
  async () => {
    const workers = new InMemoryRowWorkers(2);
    const openFile: RowWorkers['openFile'] = (file) => {
      const opened = workers.openFile(file);
      return { ...opened, ...spoil(opened, workers) };
    };
    return { workers: { count: 2, worthFrom: 0, openFile }, close: async () => {} };
  };

/** Opens every file as the first one. */
const oneFile: Open<RowWorkersSubject> = async () => {
  const workers = new InMemoryRowWorkers(2);
  let first: FileWorkers | undefined;
  const openFile: RowWorkers['openFile'] = (file) => {
    first ??= workers.openFile(file);
    return first;
  };
  return { workers: { count: 2, worthFrom: 0, openFile }, close: async () => {} };
};

/** Posts the memory of the dimensions, and forgets what else there is to them. */
const knowsOnlyMemory: Open<RowWorkersSubject> = async () => {
  const workers = new InMemoryRowWorkers(2);
  const openFile: RowWorkers['openFile'] = ({ products, customers, ...file }) =>
    workers.openFile({
      ...file,
      products: DimensionIndex.of(products.state()),
      customers: DimensionIndex.of(customers.state()),
    });
  return { workers: { count: 2, worthFrom: 0, openFile }, close: async () => {} };
};

export const BAD_ROW_WORKERS: Readonly<Record<string, Open<RowWorkersSubject>>> = {
  'loses rows': bad(({ work }) => ({ work: async (...args) => ({ ...(await work(...args)), rows: [] }) })),
  'begins anew instead of going on': bad(({ work }) => ({
    work: (worker, no, piece) => work(worker, no, piece, undefined),
  })),
  'takes all files for one': oneFile,
  'looks up ids that need none': knowsOnlyMemory,
  'gives too little room': bad(() => ({ createBuffer: (bytes) => new Uint8Array(bytes - 1) })),
  'forgets nothing': bad(() => ({ drop: () => {} })),
  'breaks when a file is closed twice': bad(({ close }) => {
    let isClosed = false;
    return {
      close: () => {
        if (isClosed) throw new Error('closed already');
        isClosed = true;
        close();
      },
    };
  }),
};
