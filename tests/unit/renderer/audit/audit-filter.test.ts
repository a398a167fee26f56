import { expect, test } from 'vitest';
import { auditFilterSchema } from '#contract/api/audit';
import { filterFromAddress } from '#renderer/screens/audit/audit-filter.ts';

const NOTHING = { action: '', words: '', since: '', until: '' };

test('what an address says of the audit log is a filter that the host takes, days by the reader’s clock', () => {
  const filter = filterFromAddress({ action: 'undone', words: ' Sông ', since: '2026-11-22', until: '2026-11-22' });
  expect(filter).toEqual({
    action: 'undone',
    text: 'Sông',
    from: new Date(2026, 10, 22).toISOString(),
    to: new Date(2026, 10, 23).toISOString(),
  });
  expect(auditFilterSchema.safeParse(filter).success).toBe(true);
});

test('what an address says that nobody knows is left out', () => {
  expect(filterFromAddress(NOTHING)).toEqual({});
  expect(filterFromAddress({ action: 'dropped', words: '  ', since: 'soon', until: '2026-1-1' })).toEqual({});
  const odd = filterFromAddress({ ...NOTHING, since: '0024-02-31', words: 'x'.repeat(500) });
  expect(auditFilterSchema.safeParse(odd).success).toBe(true);
});
