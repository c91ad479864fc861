export { FilesystemFileStore, type FilesystemFileStoreOptions } from './filesystem/filesystem-file-store.ts';
export { FilesystemLandingZone } from './filesystem/filesystem-landing-zone.ts';
export { SystemClock } from './in-process/system-clock.ts';
export { ZlibUnpacker } from './in-process/zlib-unpacker.ts';
export * from './postgres/index.ts';
