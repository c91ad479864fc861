import { unpackerContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { ZlibUnpacker } from '../src/in-process/zlib-unpacker.ts';

runContract(unpackerContract, 'ZlibUnpacker', async () => ({ unpacker: new ZlibUnpacker(), close: async () => {} }));
