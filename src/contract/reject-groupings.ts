/** What rejects are counted by. Without zod: the command line names them before it loads that. */
export const REJECT_GROUPINGS = ['code', 'column', 'file', 'table'] as const;
export type RejectGrouping = (typeof REJECT_GROUPINGS)[number];
