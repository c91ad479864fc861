export * from './filesystem/index.ts';
export * from './in-process/index.ts';
export * from './postgres/index.ts';
