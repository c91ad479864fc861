import { transformerContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { openPiped } from './piped-subject.ts';

runContract(transformerContract, 'PipedTransformer', () => openPiped());
