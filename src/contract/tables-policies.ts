/** What may be done to tables that do not fit a mapping. Without zod: the command line names them before it loads that. */
export const TABLES_POLICIES = ['evolve', 'freeze', 'discard-column'] as const;
