import * as z from 'zod';

export function arn(service: string) {
  return z
    .string(`must be the ARN of ${service}`)
    .regex(/^arn:aws[a-z-]*:[a-z-]+:[a-z0-9-]*:\d{12}:.+$/, `must be the ARN of ${service}, such as "arn:aws:..."`);
}

export function word(what: string) {
  return z.string(`must be ${what}`).min(1, `must be ${what}, and not empty`);
}
