/**
 * Seeded mock data with planted faults, and the answer key to it.
 *
 * The answer key is worked out while generating, by rules of its own, so that it can judge the pipeline.
 */
export { DatagenError, type DatagenErrorCode, type Trouble } from './datagen-error.ts';
export type { DeliveryKind } from './delivery-plan.ts';
export type { ExpectedAfterLater, ExpectedResult, FileFigures, LaterDelivery } from './expected-result.ts';
export type { FactFigures } from './fact-ledger.ts';
export type { FaultKnobs } from './fault-knobs.ts';
export { type FaultProfileName, faultProfiles } from './fault-profiles.ts';
export { type GeneratedFile, type GenerationReport, generate } from './generate.ts';
export { generateLaterDeliveries, type LaterReport } from './generate-later-deliveries.ts';
export type { GenerationOptions, GenerationProgress } from './generation-options.ts';
export { type ResolvedOptions, resolveOptions } from './resolve-options.ts';
