/** How the Redshift of a simulator is set up. */
export interface RedshiftOptions {
  /** Of an empty Postgres database, as a superuser. */
  readonly connectionString: string;
  /** Names of databases that a call may give; any where left out. All are the same Postgres database. */
  readonly databases?: readonly string[];
  /** Workgroups and clusters that exist; any where left out. */
  readonly workgroups?: readonly string[];
  readonly clusters?: readonly string[];
  /** Roles that COPY and UNLOAD may name; any well-formed one where left out. */
  readonly roles?: readonly string[];
  /** Real milliseconds that a statement stays SUBMITTED, and then PICKED. Default 2. */
  readonly pace?: number;
  /** Statements that may be on their way at once. Default 500. */
  readonly activeStatements?: number;
  /** Calls that may wait for a statement at once; any number where left out, as the quota of AWS is not known. */
  readonly waitingRequests?: number;
  /** Statements that run at once; others wait as SUBMITTED. Default 15. */
  readonly slots?: number;
  /** Rows of a page of results. Default 1000. */
  readonly rowsPerPage?: number;
  /** Files that UNLOAD writes side by side, and PARALLEL OFF does not. Default 2. */
  readonly slices?: number;
}
