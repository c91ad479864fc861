export { CsvDimensionCatalog, type CsvDimensionCatalogOptions } from './csv-dimension-catalog.ts';
export { FilesystemFileStore, type FilesystemFileStoreOptions } from './filesystem-file-store.ts';
export { FilesystemLandingZone } from './filesystem-landing-zone.ts';
export { StagedTextFiles } from './staged-text-files.ts';
