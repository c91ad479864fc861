/** A run event of OpenLineage, https://openlineage.io, version 2-0-2 of its specification: the members that Weir fills. */
export interface LineageEvent {
  readonly eventType: 'START' | 'COMPLETE' | 'FAIL' | 'ABORT';
  readonly eventTime: string;
  readonly producer: string;
  readonly schemaURL: string;
  readonly run: { readonly runId: string; readonly facets: Facets };
  readonly job: { readonly namespace: string; readonly name: string; readonly facets: Facets };
  readonly inputs: readonly LineageDataset[];
  readonly outputs: readonly LineageDataset[];
}

export interface DatasetName {
  readonly namespace: string;
  readonly name: string;
}

export interface LineageDataset extends DatasetName {
  readonly facets: Facets;
  readonly inputFacets?: Facets | undefined;
  readonly outputFacets?: Facets | undefined;
}

export type Facets = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export const LINEAGE_SCHEMA = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent';

/** The facets that Weir uses, and the versions of them that it writes. */
const FACETS = {
  dataQualityAssertions: ['1-1-0', 'DataQualityAssertionsDatasetFacet'],
  errorMessage: ['1-0-1', 'ErrorMessageRunFacet'],
  inputStatistics: ['1-0-0', 'InputStatisticsInputDatasetFacet'],
  jobType: ['2-0-4', 'JobTypeJobFacet'],
  outputStatistics: ['1-0-2', 'OutputStatisticsOutputDatasetFacet'],
  processing_engine: ['1-1-1', 'ProcessingEngineRunFacet'],
  tags: ['1-0-0', 'TagsRunFacet'],
  version: ['1-0-1', 'DatasetVersionDatasetFacet'],
} as const;

/** A facet under its name. */
export function facet(name: keyof typeof FACETS, producer: string, members: Readonly<Record<string, unknown>>): Facets {
  const [version, title] = FACETS[name];
  const _schemaURL = `https://openlineage.io/spec/facets/${version}/${title}.json#/$defs/${title}`;
  return { [name]: { _producer: producer, _schemaURL, ...members } };
}
