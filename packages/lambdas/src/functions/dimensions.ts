import { createAwsPorts } from '../composition/create-aws-ports.ts';
import { dimensionPlaces } from '../composition/dimension-bindings.ts';
import { notices } from '../composition/notice-binding.ts';
import { serve } from '../composition/serve.ts';
import { dimensionTables, tableSetUp } from '../composition/warehouse-bindings.ts';
import { createDimensions } from '../handlers/dimensions.ts';

export const handler = serve((surroundings) => {
  const { config, telemetry } = surroundings;
  const ports = createAwsPorts(surroundings, dimensionPlaces, dimensionTables, tableSetUp, notices);
  return createDimensions(ports, { place: config.dimensions, policy: config.policy }, telemetry);
});
