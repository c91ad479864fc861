export { CsvDimensionIndexer, type CsvDimensionIndexerOptions } from './csv-dimension-indexer.ts';
export { FilesystemFileStore, type FilesystemFileStoreOptions } from './filesystem-file-store.ts';
export { FilesystemLandingZone } from './filesystem-landing-zone.ts';
export { makeFolder } from './make-folder.ts';
export { type FolderNeeds, probeFolder } from './probe-folder.ts';
export { StagedTextFiles } from './staged-text-files.ts';
