export { openPostgresPool, type PostgresPoolOptions } from './open-postgres-pool.ts';
export { PostgresDeliveryLog } from './postgres-delivery-log.ts';
export { PostgresDimensionCatalog, type PostgresDimensionCatalogOptions } from './postgres-dimension-catalog.ts';
export { PostgresFactReader } from './postgres-fact-reader.ts';
export * from './postgres-reject-store.ts';
export { PostgresRunHistory } from './postgres-run-history.ts';
export { PostgresSchema, type SchemaUpgrade } from './postgres-schema.ts';
export { PostgresWarehouse, type PostgresWarehouseOptions } from './postgres-warehouse.ts';
export type { WriterOptions } from './write-transaction.ts';
