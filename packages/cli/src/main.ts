import { runWeir } from './run-weir.ts';

// A reader that has seen enough (`weir runs | head`) is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

process.exitCode = await runWeir(process.argv.slice(2), process);
