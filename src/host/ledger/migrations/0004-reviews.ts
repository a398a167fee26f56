/** Loads that wait to be reviewed and merged, for as long as their staged rows are there. */
export const sql = `
ALTER TABLE jobs ADD COLUMN review TEXT;     -- ReviewSummary as JSON: the last check's
ALTER TABLE jobs ADD COLUMN approval TEXT;   -- Approval as JSON, until the load waits again or is merged
`;
