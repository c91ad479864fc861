import { nameTestRun } from './test-run.ts';

export default nameTestRun;
