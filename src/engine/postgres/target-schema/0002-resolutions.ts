/** What was decided about conflicts, kept with the load that was merged by it. */
export const sql = `
alter table loadstone.loads add column resolutions jsonb;
`;
