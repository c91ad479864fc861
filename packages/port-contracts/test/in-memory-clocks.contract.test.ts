import { FixedClock, ManualClock } from '@weir/core/testing';
import { clockContract } from '../src/index.ts';
import { runContract } from '../src/run-contract.ts';

const close = async () => {};

runContract(clockContract, 'FixedClock', async () => ({ clock: new FixedClock(Date.UTC(2024, 1, 29)), close }));
runContract(clockContract, 'ManualClock', async () => ({ clock: new ManualClock(Date.UTC(2024, 1, 29)), close }));
