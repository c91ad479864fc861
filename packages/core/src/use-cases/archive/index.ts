export { type ArchiveProblem, type ArchiveReport, type LostDelivery, MOST_PROBLEMS } from './archive-findings.ts';
export * from './archived-deliveries.ts';
export * from './verify-archive.ts';
