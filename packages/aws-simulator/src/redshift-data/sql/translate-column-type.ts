import { DatabaseFault } from '../database/database-fault.ts';
import { closingOf, insert, isSymbol, isWord, type Token } from './tokenize.ts';

/** Bytes of a VARCHAR without a length, and of TEXT. */
const DEFAULT_LENGTH = 256;
const LONGEST = 65_535;
const UNKNOWN = ['json', 'jsonb', 'uuid', 'bytea', 'serial', 'bigserial', 'xml', 'inet', 'money', 'interval', 'bit'];
const NOT_SIMULATED = ['super', 'geometry', 'geography', 'hllsketch', 'varbyte', 'varbinary'];

/**
 * The type of a column for Postgres.
 *
 * @param entry name, type, attributes
 * @returns `length`: how many tokens the type has
 */
export function translateColumnType(
  entry: readonly Token[],
  lengths: Set<number>,
): { readonly type: readonly Token[]; readonly length: number } {
  const name = entry[1];
  if (name === undefined || name.kind !== 'word')
    throw new DatabaseFault('42601', `syntax error at or near "${name?.text ?? ''}"`, (name ?? entry[0])!.at + 1);
  const isVarying =
    isWord(name, 'character', 'char', 'national') && entry.slice(2, 4).some((t) => isWord(t, 'varying'));
  const words = isVarying ? entry.findIndex((token) => isWord(token, 'varying')) : 1;
  const open = words + 1;
  const end = isSymbol(entry[open], '(') ? closingOf(entry, open) : words;
  if (isVarying || isWord(name, 'varchar', 'nvarchar', 'text')) {
    const length = isWord(name, 'text') ? DEFAULT_LENGTH : lengthOf(entry[open + 1], end > words);
    lengths.add(length);
    return { type: [insert(`redshift_varchar_${length}`, 'word')], length: end };
  }
  if (UNKNOWN.includes(name.value))
    throw new DatabaseFault('0A000', `Column "${entry[0]!.text}" has unsupported type "${name.value}".`);
  if (NOT_SIMULATED.includes(name.value))
    throw new DatabaseFault('0A000', `the simulator does not know the type "${name.value}"`);
  if (isWord(name, 'decimal', 'numeric') && end === words) return { type: [insert('DECIMAL(18, 0)')], length: 1 };
  if (isWord(name, 'datetime')) return { type: [insert('TIMESTAMP')], length: 1 };
  if (isSymbol(entry[end + 1], '['))
    throw new DatabaseFault('0A000', `Column "${entry[0]!.text}" has unsupported type "${name.value}[]".`);
  return { type: entry.slice(1, end + 1), length: end };
}

function lengthOf(token: Token | undefined, isGiven: boolean): number {
  if (!isGiven) return DEFAULT_LENGTH;
  if (isWord(token, 'max')) return LONGEST;
  const length = Number(token?.text);
  if (length >= 1 && length <= LONGEST) return length;
  throw new DatabaseFault('22023', `length for type varchar cannot exceed ${LONGEST}`);
}
