/** A key without its folders, where only one of these keys ends with its name. */
export function shortKey(key: string, keys: readonly string[]): string {
  const name = nameOf(key);
  return name === '' || keys.filter((other) => nameOf(other) === name).length > 1 ? key : name;
}

function nameOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}
