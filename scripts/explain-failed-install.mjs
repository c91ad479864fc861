const causes = [
  [
    /ENOSPC/,
    (root) => `The disk is full. Free about 600 MB on the disk of ${root} and of your home folder, then try again.`,
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|META_FETCH_FAIL/,
    () => 'The package registry cannot be reached. Check the network (and the proxy, if there is one), then try again.',
  ],
  [
    /ERR_PNPM_OUTDATED_LOCKFILE/,
    () =>
      'A package.json was changed without its lockfile. Run `npx -y pnpm@10.34.8 install` and commit pnpm-lock.yaml.',
  ],
  [
    /EACCES|EPERM|EROFS/,
    (root) => `A folder cannot be written. Check the rights of ${root} and of your home folder, then try again.`,
  ],
  [
    /ERR_PNPM_UNSUPPORTED_ENGINE|EBADENGINE/,
    () => 'This Node or npm is too old. Install Node 20 or newer from https://nodejs.org.',
  ],
];

/** Why an installation failed and what to do, read from its output: one or two sentences. */
export function explainFailedInstall(output, root) {
  for (const [pattern, explain] of causes) {
    if (pattern.test(output)) return explain(root);
  }
  return 'What pnpm said stands above.';
}
