export * from './create-sts-client.ts';
export * from './identify-caller.ts';
