/**
 * Jobs of other kinds than loads. The column `kind` has been there from the start, always 'load'; `load_id` is now the id
 * of any order. The new version keeps an older Loadstone from reading specs that it does not know.
 */
export const sql = `
CREATE INDEX jobs_order ON jobs (load_id);
`;
