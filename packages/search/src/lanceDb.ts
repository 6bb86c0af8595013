/** What a store needs of LanceDB. */
export interface LanceDb {
  connect(folder: string): Promise<LanceConnection>;
}

export interface LanceConnection {
  tableNames(): Promise<string[]>;
  openTable(name: string): Promise<LanceTable>;
  createTable(name: string, rows: Record<string, unknown>[]): Promise<LanceTable>;
  close(): void;
}

export interface LanceTable {
  readonly name: string;
  schema(): Promise<{ fields: { name: string; type: { listSize?: number } }[] }>;
  countRows(): Promise<number>;
  addColumns(columns: { name: string; valueSql: string }[]): Promise<unknown>;
  delete(predicate: string): Promise<{ numDeletedRows: number }>;
  mergeInsert(on: string): Merge;
  query(): { nearestTo(vector: Float32Array): Query };
  close(): void;
}

interface Merge {
  whenMatchedUpdateAll(): Merge;
  whenNotMatchedInsertAll(): Merge;
  execute(rows: Record<string, unknown>[]): Promise<unknown>;
}

interface Query {
  distanceType(type: "dot"): Query;
  where(predicate: string): Query;
  select(columns: string[]): Query;
  limit(k: number): Query;
  toArray(): Promise<{ id: string; _distance: number; fields?: string }[]>;
}
