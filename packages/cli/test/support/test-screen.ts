import { Screen } from '../../src/output/screen.ts';

export function openTestScreen({ columns = 100, json = false }: { columns?: number; json?: boolean } = {}) {
  const said = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    columns,
    write: (text: string) => {
      said[name] += text;
    },
  });
  const screen = new Screen({ stdout: stream('stdout'), stderr: stream('stderr'), env: {}, json });
  return { screen, stdout: () => said.stdout, stderr: () => said.stderr };
}
