import { describe, expect, test } from '@jest/globals';
import { decodeStagedLines } from '@weir/core';
import { buildDelivery } from '@weir/core/testing';
import { columnNames, encodeStagedFiles, STAGE_FILE_TABLE } from '../src/index.ts';

function encode(values: Parameters<typeof buildDelivery>[0]): Record<string, string> {
  const [line] = encodeStagedFiles([buildDelivery(values)]);
  const [row] = decodeStagedLines(line!);
  return Object.fromEntries(columnNames(STAGE_FILE_TABLE).map((name, i) => [name, row![i]!]));
}

describe('encodeStagedFiles', () => {
  test('tells a file in the columns of stage_file', () => {
    const refusal = { code: 'file-not-text', message: 'It holds\na NUL \0.' } as const;
    const line = encode({
      key: 'a\tb.csv',
      status: 'refused',
      refusal,
      blankLines: 3,
      header: 'x;"y"\\',
      rejects: [{}],
    });
    expect(line).toEqual({
      file_no: '1',
      source_key: 'a\tb.csv',
      content_hash: expect.stringMatching(/^sha256:/),
      status: 'refused',
      refusal_code: 'file-not-text',
      refusal_message: 'It holds\na NUL \ufffd.',
      size_bytes: '4096',
      source_day: '2023-03-15',
      source_modified: '2023-03-15 06:30:00.000',
      header: 'x;"y"\\',
      blank_lines: '3',
      read: '1',
      rejected: '1',
      rejects_by_code: '{"quantity-not-positive":1}',
      is_replay: '0',
    });
  });

  test('tells a replayed file as a loaded one that is a replay', () => {
    expect(encode({ status: 'replayed' })).toMatchObject({ status: 'loaded', is_replay: '1', refusal_message: '' });
  });

  test.each(['a\0b', 'a\ud800b', 'é'.repeat(32_768)])('keeps no header that cannot be kept whole', (header) => {
    expect(encode({ header }).header).toBe('');
  });

  test('keeps the longest header that both databases take', () => {
    expect(encode({ header: 'x'.repeat(65_535) }).header).toHaveLength(65_535);
  });
});
