/** A fault that the server told, as the client gives it. */
export interface ServerError extends Error {
  readonly code: string;
  readonly severity: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
}

/** The server's words as far as they hold no values. Its detail, hint and context are left out in any case. */
export function withoutValues({ code, severity, message, stack, table, column, constraint }: ServerError): Error {
  const words = WITHOUT_VALUES.test(code) ? message : 'its words may hold values of rows and are not repeated';
  const told = new Error(`${severity} ${code}: ${words}`);
  told.stack = [
    `${told.name}: ${told.message}`,
    ...(stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)),
  ].join('\n');
  return Object.assign(told, { code, severity, table, column, constraint });
}

/** States whose words are about the server and its objects; others may quote a value, as `invalid input syntax` does. */
const WITHOUT_VALUES = /^(08|25|28|3D|3F|40|42501|42P01|53|55|57|58)/;
