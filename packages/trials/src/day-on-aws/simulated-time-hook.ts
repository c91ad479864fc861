/** Loaded before a program: puts its clock forward by the milliseconds that stand in the file of `SimulatedTime`. */
import { readFileSync } from 'node:fs';

const MachineDate = Date;
const machineNow = Date.now;
const path = process.env.WEIR_TRIAL_CLOCK!;

MachineDate.now = () => machineNow() + Number(readFileSync(path, 'utf8'));
globalThis.Date = new Proxy(MachineDate, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [MachineDate.now()] : given, newTarget),
});
