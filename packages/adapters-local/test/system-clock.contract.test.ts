import { clockContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { SystemClock } from '../src/in-process/system-clock.ts';

runContract(clockContract, 'SystemClock', async () => ({ clock: new SystemClock(), close: async () => {} }));
