export * from './create-sns-client.ts';
export * from './sns-notifier.ts';
