/** The program that does one run, beside the driver of the Spark job. See protocol/. */
import { createJobPorts } from './composition/create-job-ports.ts';
import { runProgram } from './job/run-program.ts';

await runProgram(createJobPorts);
