import { transformerContract } from '../src/index.ts';
import { runContract } from '../src/run-contract.ts';
import { openInProcess } from './transformer-subject-of.ts';

runContract(transformerContract, 'InProcessTransformer', openInProcess);
