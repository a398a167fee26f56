import { expect, test } from 'vitest';
import { isForTerminal } from '#renderer/host/failure.ts';

test.each([
  ['Use --pool 4 or more.', true],
  ['See "loadstone jobs show 3" for what can be done with it.', true],
  ['Set it to 4 or more.', false],
  ['Choose a folder from the list, or start "loadstone serve" with --root <folder>.', false],
])('whether "%s" is for a command line only: %s', (remedy, expected) => {
  expect(isForTerminal(remedy)).toBe(expected);
});
