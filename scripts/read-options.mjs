import { parseArgs } from 'node:util';

/** The options of a script. A wrong one is told in two lines, and ends the process with exit code 2. */
export function readOptions(options) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    if (!String(error.code).startsWith('ERR_PARSE_ARGS')) throw error;
    const allowed = Object.entries(options).map(([name, { type }]) => `--${name}${type === 'string' ? ' VALUE' : ''}`);
    console.error(`${error.message}\nThe options are ${allowed.join(', ')}.`);
    process.exit(2);
  }
}
