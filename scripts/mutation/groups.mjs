/**
 * What is mutated together, and the tests that must notice. Named by `npm run mutation -- <group>`. Only quick tests, as most
 * mutants cost all of those that reach them.
 */
export const groups = {
  rules: {
    mutate: ['packages/core/src/rules/**/*.ts'],
    tests: ['packages/core/test/{rules,policy}/*.test.ts'],
  },
  ledger: {
    mutate: ['packages/core/src/use-cases/runs/*.ts'],
    tests: [
      'packages/core/test/use-cases/runs/!(chaos|fault-sweep).test.ts',
      'packages/port-contracts/test/in-memory-run-ledger.contract.test.ts',
    ],
  },
  merge: {
    mutate: ['packages/warehouse-sql/src/version-order.ts', 'packages/warehouse-sql/src/commit/*.ts'],
    tests: ['packages/warehouse-sql/test/{statements,results,encode-staged-files,bounds}.test.ts'],
  },
};
