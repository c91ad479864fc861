import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../embedded-postgres/running-server.ts';
import { endTestRun } from './test-run.ts';

const [folder = '', runner = ''] = process.argv.slice(2);

while (existsSync(folder) && isAlive(Number(runner))) await sleep(300);
if (existsSync(folder)) await endTestRun(folder);
