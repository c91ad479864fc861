/** What holds after every trial, whatever happened: pure checks of what can be seen. Each gives what broke it. */
export * from './books-close.ts';
export * from './bytes-kept.ts';
export * from './commit-together.ts';
export * from './find-violations.ts';
export * from './no-false-success.ts';
export * from './observation.ts';
export * from './order-independent.ts';
export * from './replay-changes-nothing.ts';
