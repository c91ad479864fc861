import { open } from 'node:fs/promises';
import { CommandError } from '../errors/command-error.ts';

/**
 * Opens a file at once, so that a wrong path is told before a database is asked for.
 *
 * @throws CommandError `dimensions.unreadable`; the signal's reason while the chunks are read
 */
export async function openDimensionFile(path: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  const file = await open(path).catch((error) => {
    throw unreadable(path, error);
  });
  if ((await file.stat()).isDirectory()) {
    await file.close();
    throw unreadable(path, { code: 'EISDIR', message: '' });
  }
  return readChunks(path, file.createReadStream({ highWaterMark: 256 * 1024, signal }), signal);
}

async function* readChunks(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of chunks) {
      signal.throwIfAborted();
      yield chunk;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw unreadable(path, error as NodeJS.ErrnoException);
  }
}

function unreadable(path: string, error: { code?: string | undefined; message: string }): CommandError {
  const why = { ENOENT: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'there is no permission' }[
    error.code ?? ''
  ];
  return new CommandError({
    code: 'dimensions.unreadable',
    message: `The dimension file ${path} cannot be read: ${why ?? error.message}. Nothing was changed.`,
    remedy: 'Check the path and its permissions, then load again.',
    cause: error,
  });
}
