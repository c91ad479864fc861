import { expect, it } from '@jest/globals';
import { startCommand } from './support/run-command.ts';
import { openTemporaryFolder } from './support/temporary-folder.ts';

it('a reader that has seen enough neither fails a command nor leaves its server or lock behind', async () => {
  const folder = await openTemporaryFolder();
  try {
    for (const args of [['init'], ['runs']]) {
      const command = startCommand(args, { cwd: folder.path });
      command.child.stdout.destroy();
      expect((await command.end).code).toBe(0);
      const left = await folder.files('.weir/postgres');
      expect(left.filter((file) => /^(users|lock)\/|^data\/postmaster\.pid$/.test(file))).toEqual([]);
      expect(await folder.has('.weir/postgres/lock')).toBe(false);
    }
  } finally {
    await folder.remove();
  }
});
