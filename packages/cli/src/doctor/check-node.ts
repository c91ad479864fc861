import { CommandError } from '../errors/command-error.ts';

const LEAST = 24;

/** @throws CommandError `doctor.node-too-old` */
export function checkNode(version: string): string {
  if (Number.parseInt(version, 10) >= LEAST) return version;
  throw new CommandError({
    code: 'doctor.node-too-old',
    message: `Node ${version} is older than what Weir is made for.`,
    remedy: `Use Node ${LEAST} or newer; npm run weir brings its own.`,
  });
}
