export * from './find-gaps.ts';
