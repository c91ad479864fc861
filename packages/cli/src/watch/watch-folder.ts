import { watch } from 'chokidar';

export interface FolderWatch {
  close(): Promise<void>;
}

/** File events of a folder. They may be missed or come too often; the sweep and the second look make up for that. */
export function watchFolder(folder: string, onNews: () => void, onTrouble: (reason: string) => void): FolderWatch {
  const watcher = watch(folder, { ignoreInitial: true });
  watcher.on('add', onNews).on('change', onNews);
  watcher.on('error', (error) => onTrouble(error instanceof Error ? error.message : String(error)));
  return watcher;
}
