import { type OutputFormat, Screen } from '../../src/output/screen.ts';

export function openTestScreen({ columns = 100, format = 'text' }: { columns?: number; format?: OutputFormat } = {}) {
  const said = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    columns,
    write: (text: string) => {
      said[name] += text;
    },
  });
  const screen = new Screen({ stdout: stream('stdout'), stderr: stream('stderr'), env: {}, format });
  return { screen, stdout: () => said.stdout, stderr: () => said.stderr };
}
