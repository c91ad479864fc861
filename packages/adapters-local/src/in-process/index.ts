export * from './system-clock.ts';
export * from './zlib-unpacker.ts';
