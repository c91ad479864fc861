import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Blocks of code of all pages under version control, with their language and place. */
export function listSnippets(root) {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: root,
    encoding: 'utf8',
  })
    .trim()
    .split('\n');
  return files.flatMap((file) => {
    const page = readFileSync(join(root, file), 'utf8');
    return [...page.matchAll(/^```(\w+)[^\n]*\n([\s\S]*?)^```/gm)].map(({ 1: language, 2: text, index }) => ({
      file,
      place: `${file}:${page.slice(0, index).split('\n').length}`,
      language,
      text,
    }));
  });
}
