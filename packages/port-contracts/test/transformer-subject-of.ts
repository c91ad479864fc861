import {
  InProcessTransformer,
  type InProcessTransformerPorts,
  PortError,
  type Stage,
  type Transformer,
} from '@weir/core';
import { InMemoryDimensionCatalog, InMemoryLandingZone } from '@weir/core/testing';
import { ZlibUnpacker } from '../../adapters-local/src/in-process/zlib-unpacker.ts';
import type { Closable, StagedText, TransformerSubject } from '../src/index.ts';

/** A transformer over ports in memory, with stages that can be looked into. */
export async function transformerSubjectOf(
  create: (ports: InProcessTransformerPorts) => Transformer,
): Promise<TransformerSubject & Closable> {
  const landing = new InMemoryLandingZone('memory:elsewhere');
  let dimensions = new InMemoryDimensionCatalog();
  await dimensions.load([
    { dimension: 'products', rows: line('P-1\tKettle\tKitchen\t21.50\tS-1\n') },
    { dimension: 'customers', rows: line('C-1\tA\tB\ta@b\tGold\n') },
  ]);
  const stages = new Map<Stage, StagedText>();
  let fault: PortError | undefined;
  const warehouse = {
    openStage: async () => {
      const lines: { rows: Uint8Array[]; rejects: Uint8Array[] } = { rows: [], rejects: [] };
      const write = (table: 'rows' | 'rejects') => async (block: Uint8Array) => {
        if (fault !== undefined) throw fault;
        lines[table].push(block);
      };
      const stage: Stage = {
        writeRows: write('rows'),
        writeRejects: write('rejects'),
        commit: () => Promise.reject(new Error('Nothing is committed here.')),
        preview: () => Promise.reject(new Error('Nothing is previewed here.')),
        close: async () => void stages.delete(stage),
      };
      stages.set(stage, {
        get rows() {
          return Buffer.concat(lines.rows);
        },
        get rejects() {
          return Buffer.concat(lines.rejects);
        },
      });
      return stage;
    },
  };
  return {
    transformer: create({
      landing,
      unpacker: new ZlibUnpacker(),
      dimensions: { read: (name) => dimensions.read(name) },
      warehouse,
    }),
    put: async (key, content) => landing.put(key, content),
    remove: async ({ key }) => landing.remove(key),
    emptyDimensions: async () => {
      dimensions = new InMemoryDimensionCatalog();
    },
    readStage: async (stage) => {
      const text = stages.get(stage);
      if (text === undefined) throw new Error('The stage is not open.');
      return text;
    },
    openStages: async () => stages.size,
    breakStaging: async () => {
      fault = new PortError({ code: 'warehouse.unreachable', message: 'The warehouse broke.', retryable: true });
    },
    close: async () => {},
  };
}

export function openInProcess(): Promise<TransformerSubject & Closable> {
  return transformerSubjectOf((ports) => new InProcessTransformer(ports));
}

async function* line(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
