import { type EndToEndDatabase, openEndToEndDatabase } from '@weir/adapters-local/testing';
import { askDatabase } from './ask-database.ts';
import { CUSTOMERS, PRODUCTS } from './csv.ts';
import { type CommandEnd, type CommandSetting, runCommand } from './run-command.ts';
import { openTemporaryFolder, type TemporaryFolder } from './temporary-folder.ts';

/** A folder with `products.csv` and `customers.csv`, and a database of its own. */
export interface Shop {
  readonly folder: TemporaryFolder;
  readonly database: EndToEndDatabase;
  /** The folder to call from, with the database in the environment. */
  readonly setting: CommandSetting;
  weir(...args: string[]): Promise<CommandEnd>;
  /** Rows of the database. */
  ask(statement: string): Promise<unknown[]>;
  close(): Promise<void>;
}

/** The database is empty. */
export async function openShop(): Promise<Shop> {
  const database = await openEndToEndDatabase();
  const folder = await openTemporaryFolder();
  await folder.write('products.csv', PRODUCTS);
  await folder.write('customers.csv', CUSTOMERS);
  const setting = { cwd: folder.path, env: { WEIR_DATABASE_URL: database.connectionString } };
  return {
    folder,
    database,
    setting,
    weir: (...args) => runCommand(args, setting),
    ask: (statement) => askDatabase(database.connectionString, statement),
    close: async () => {
      await database.close();
      await folder.remove();
    },
  };
}

/** The database has its tables, and the dimensions in them. */
export async function openReadyShop(): Promise<Shop> {
  const shop = await openShop();
  await shop.weir('init');
  await shop.weir('dimensions', 'load', '--products', 'products.csv', '--customers', 'customers.csv');
  return shop;
}
