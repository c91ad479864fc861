import * as z from 'zod';

/** What the specification of OpenLineage, version 2-0-2, asks of a run event and of the facets that Weir writes. */
const facet = <Members extends z.ZodRawShape>(members: Members) =>
  z.strictObject({ _producer: z.url(), _schemaURL: z.url({ protocol: /^https$/ }), ...members });

const statistics = facet({ rowCount: z.int().optional(), size: z.int().optional(), fileCount: z.int().optional() });

const dataset = {
  namespace: z.string().min(1),
  name: z.string().min(1),
  facets: z.strictObject({ version: facet({ datasetVersion: z.string() }).optional() }),
};

const assertion = z.strictObject({
  assertion: z.string(),
  success: z.boolean(),
  column: z.string().optional(),
  severity: z.string().optional(),
  expected: z.string().optional(),
  actual: z.string().optional(),
});

export const openLineageSchema = z.strictObject({
  eventType: z.enum(['START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL', 'OTHER']),
  eventTime: z.iso.datetime(),
  producer: z.url(),
  schemaURL: z.url(),
  run: z.strictObject({
    runId: z.uuid(),
    facets: z.strictObject({
      processing_engine: facet({ name: z.string(), version: z.string() }),
      tags: facet({ tags: z.array(z.strictObject({ key: z.string(), value: z.string(), source: z.string() })) }),
      errorMessage: facet({ message: z.string(), programmingLanguage: z.string() }).optional(),
    }),
  }),
  job: z.strictObject({
    namespace: z.string(),
    name: z.string(),
    facets: z.strictObject({
      jobType: facet({ processingType: z.string(), integration: z.string(), jobType: z.string() }),
    }),
  }),
  inputs: z.array(
    z.strictObject({
      ...dataset,
      inputFacets: z.strictObject({
        inputStatistics: statistics,
        dataQualityAssertions: facet({ assertions: z.array(assertion).min(1) }).optional(),
      }),
    }),
  ),
  outputs: z.array(
    z.strictObject({ ...dataset, outputFacets: z.strictObject({ outputStatistics: statistics }).optional() }),
  ),
});
