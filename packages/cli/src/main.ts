import { runWeir } from './run-weir.ts';

// A reader that has seen enough (`weir runs | head`) is no failure, and no reason to leave a command half ended.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
  });
}

process.exitCode = await runWeir(process.argv.slice(2), process);
