import {
  type DeliveryToRead,
  InProcessTransformer,
  isPortError,
  parsePolicy,
  type ReadDelivery,
  type Transformed,
  type Transformer,
  type TransformWork,
} from '@weir/core';
import type { Open, TransformerSubject } from '../../src/index.ts';
import { transformerSubjectOf } from '../transformer-subject-of.ts';

type Transform = Transformer['transform'];

/** Transformers that are wrong on purpose. */
export const BAD_TRANSFORMERS: Readonly<Record<string, Open<TransformerSubject>>> = {
  'gives the outcomes as they come': after((transformed) => ({
    ...transformed,
    deliveries: transformed.deliveries.toSorted((a, b) => a.fileNo - b.fileNo),
  })),
  'loses a delivery': before((work) => ({ ...work, deliveries: work.deliveries.slice(0, 8) })),
  'numbers the files anew': before((work) => ({ ...work, deliveries: work.deliveries.map(numberFrom(2)) })),
  'does not look at what was committed': before((work) => ({
    ...work,
    deliveries: work.deliveries.map((delivery) => ({ ...delivery, committed: [] })),
  })),
  'takes a known key for known content': after((transformed, { deliveries }) => ({
    ...transformed,
    deliveries: transformed.deliveries.map((read, place) => toKnown(read, deliveries[place]!)),
  })),
  'tells other counts than it staged': mapStaged(({ file, ...read }) => ({
    ...read,
    file: { ...file, rejected: file.rejected + 1 },
  })),
  'tells no first rejects': mapStaged((read) => ({ ...read, firstRejects: {} })),
  'tells no ignored columns': mapStaged((read) => ({ ...read, ignoredColumns: [] })),
  'has a policy of its own': before((work) => ({ ...work, policy: parsePolicy() })),
  'tells no warnings': after((transformed) => ({ ...transformed, warnings: [] })),
  'tells nothing': before(({ onEvent: _, ...work }) => work),
  'does not listen to its signal': before(({ signal: _, ...work }) => work),
  'tells its own error where it is aborted': around(async (transform, work) => {
    try {
      return await transform(work);
    } catch (error) {
      if (work.signal?.aborted) throw new Error('aborted');
      throw error;
    }
  }),
  'throws at a fault of the landing place': around(async (transform, work) => {
    const transformed = await transform(work);
    const failed = transformed.deliveries.find(({ kind }) => kind === 'failed');
    if (failed !== undefined) throw new Error('a file is gone');
    return transformed;
  }),
  'calls every fault one of the file': around(async (transform, work) => {
    try {
      return await transform(work);
    } catch (error) {
      if (!isPortError(error)) throw error;
      const { code, message, remedy } = error;
      const fail = ({ fileNo }: DeliveryToRead) => ({
        kind: 'failed' as const,
        fileNo,
        problem: { code, message, remedy },
      });
      return { stage: undefined, deliveries: work.deliveries.map(fail), warnings: [] };
    }
  }),
  'leaves its stage open': async () =>
    transformerSubjectOf((ports) => {
      const openStage = async (runId: string) => ({
        ...(await ports.warehouse.openStage(runId)),
        close: async () => undefined,
      });
      return new InProcessTransformer({ ...ports, warehouse: { openStage } });
    }),
  'stages other lines each time': async () => {
    let times = 0;
    return transformerSubjectOf((ports) => {
      const openStage = async (runId: string) => {
        const stage = await ports.warehouse.openStage(runId);
        const blank = ++times % 2 === 0;
        return Object.assign(stage, blank ? { writeRejects: async () => undefined } : {});
      };
      return new InProcessTransformer({ ...ports, warehouse: { openStage } });
    });
  },
};

function around(
  transform: (original: Transform, work: TransformWork) => Promise<Transformed>,
): Open<TransformerSubject> {
  return () =>
    transformerSubjectOf((ports) => {
      const transformer = new InProcessTransformer(ports);
      return { transform: (work) => transform((given) => transformer.transform(given), work) };
    });
}

function before(change: (work: TransformWork) => TransformWork): Open<TransformerSubject> {
  return around((transform, work) => transform(change(work)));
}

function after(change: (transformed: Transformed, work: TransformWork) => Transformed): Open<TransformerSubject> {
  return around(async (transform, work) => change(await transform(work), work));
}

type Staged = Extract<ReadDelivery, { kind: 'staged' }>;

function mapStaged(change: (read: Staged) => Staged): Open<TransformerSubject> {
  return after((transformed) => ({
    ...transformed,
    deliveries: transformed.deliveries.map((read) => (read.kind === 'staged' ? change(read) : read)),
  }));
}

function numberFrom(first: number) {
  return (delivery: DeliveryToRead, place: number): DeliveryToRead => ({ ...delivery, fileNo: first + place });
}

function toKnown(read: ReadDelivery, { committed, fileNo }: DeliveryToRead): ReadDelivery {
  return committed.length > 0 ? { kind: 'known', fileNo, contentHash: committed.at(-1)! } : read;
}
