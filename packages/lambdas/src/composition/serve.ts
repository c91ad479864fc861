import { type AwsConfig, parseAwsConfig } from '@weir/adapters-aws';
import type { Context } from 'aws-lambda';
import type { FunctionWork } from '../handlers/function-work.ts';
import { PowertoolsTelemetry } from '../telemetry/powertools-telemetry.ts';
import { correlationIdOf } from './correlation-id.ts';

export interface Surroundings {
  readonly config: AwsConfig;
  readonly telemetry: PowertoolsTelemetry;
}

/**
 * The handler of a function. It is wired when Lambda loads it, once for all of its invocations: then the processor is faster,
 * and a wrong configuration fails the function before it takes an event.
 *
 * @throws PortError `config.invalid`
 */
export function serve(
  compose: (surroundings: Surroundings) => FunctionWork,
): (event: unknown, context: Context) => Promise<unknown> {
  const config = parseAwsConfig(process.env.WEIR_CONFIG, 'WEIR_CONFIG');
  const telemetry = new PowertoolsTelemetry();
  const work = compose({ config, telemetry });
  return async (event, context) => {
    const invocation = {
      requestId: context.awsRequestId,
      remainingTime: () => context.getRemainingTimeInMillis(),
    };
    return await telemetry.invoke(context, correlationIdOf(event), () => work(event, invocation));
  };
}
