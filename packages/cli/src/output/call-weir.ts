/** How the person calls this command, for commands to try: through npm, or as `weir`. */
export function callWeir(env: NodeJS.ProcessEnv): string {
  const isThroughNpm = env.npm_lifecycle_event === 'weir' || env.npm_lifecycle_event === 'demo';
  return isThroughNpm ? 'npm run weir --' : 'weir';
}
