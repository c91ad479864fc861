export { ThreadRowWorkers } from './thread-row-workers.ts';
