import type { GlueService } from '../glue/glue-service.ts';
import type { FunctionDefinition } from '../lambda/lambda-function.ts';
import type { QueueReaderDefinition } from '../lambda/queue-reader.ts';
import type { SimulatorParts } from '../wire-simulator.ts';

/** The simulator, as far as a deployment needs it. */
export interface DeploymentTarget {
  readonly parts: SimulatorParts;
  readonly glue: GlueService;
  readonly clientConfig: { readonly endpoint: string };
  createFunction(definition: FunctionDefinition): string;
  mapQueue(queueName: string, definition: QueueReaderDefinition): void;
}
