import type { Stage } from '@weir/core';
import type { Closable, TransformerSubject } from '@weir/port-contracts';
import type { StagedPart } from '../src/protocol/worker-lines.ts';
import { type ProcessWorkerOptions, processWorkers } from '../src/testing/process-workers.ts';
import { type AdoptingStage, PipedTransformer } from '../src/transform/piped-transformer.ts';
import type { Workers } from '../src/transform/workers.ts';
import { SimulatedS3 } from './simulated-s3.ts';

export interface PipedSubject extends TransformerSubject, Closable {
  readonly s3: SimulatedS3;
  /** What a stage took over. */
  parts(stage: Stage): readonly StagedPart[];
}

const PREFIX = 'runs/run-x/1/';

/** Workers in processes of their own, against S3; the stage only notes what it is handed. */
export async function openPiped(
  options: Partial<ProcessWorkerOptions> = {},
  around: (workers: Workers) => Workers = (workers) => workers,
): Promise<PipedSubject> {
  const s3 = await SimulatedS3.open();
  const stages = new Map<Stage, StagedPart[]>();
  const texts = { products: 'P-1\tKettle\tKitchen\tS-1\t21.50\n', customers: 'C-1\tGold\n' };
  let bucket = 'weir-staging';
  const openStage = async () => {
    const adopted: StagedPart[] = [];
    const stage: AdoptingStage = {
      adopt: async (parts) => void adopted.push(...parts),
      writeRows: refuse,
      writeRejects: refuse,
      commit: refuse,
      preview: refuse,
      close: async () => void stages.delete(stage),
    };
    stages.set(stage, adopted);
    return stage;
  };
  const find = (stage: Stage) => {
    const parts = stages.get(stage);
    if (parts === undefined) throw new Error('The stage is not open.');
    return parts;
  };
  const { environment } = s3.simulator;
  return {
    s3,
    transformer: new PipedTransformer({
      workers: around(processWorkers({ environment, ...options })),
      places: {
        region: 'eu-central-1',
        landing: { bucket: 'weir-landing', folder: 'transactions/' },
        get staging() {
          return { bucket, prefix: PREFIX };
        },
      },
      snapshotDimensions: async () => ({
        products: [await s3.snapshot(`${PREFIX}dimensions/products/000.zst`, texts.products)],
        customers: [await s3.snapshot(`${PREFIX}dimensions/customers/000.zst`, texts.customers)],
      }),
      openStage,
    }),
    put: (key, content) => s3.put(key, content),
    remove: (file) => s3.remove(file),
    emptyDimensions: async () => {
      Object.assign(texts, { products: '', customers: '' });
    },
    readStage: async (stage) => {
      const keys = (table: StagedPart['table']) =>
        find(stage)
          .filter((part) => part.table === table)
          .map(({ key }) => key);
      return { rows: await s3.stagedText(keys('rows')), rejects: await s3.stagedText(keys('rejects')) };
    },
    openStages: async () => stages.size,
    breakStaging: async () => {
      bucket = 'weir-no-such-bucket';
    },
    parts: find,
    close: () => s3.close(),
  };
}

function refuse(): Promise<never> {
  return Promise.reject(new Error('Workers write, and nothing is committed here.'));
}
