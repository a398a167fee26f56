import { expect, test } from 'vitest';
import { loadRequestSchema } from '#contract/api/job-views';
import { orderId, orderIsAnswered } from '#renderer/screens/load/review/order-id.ts';

const ID = loadRequestSchema.shape.loadId;

test('an order keeps its id until it is answered or changed', () => {
  const first = orderId('load', { paths: ['/a'] });
  expect(ID.parse(first)).toBe(first);
  expect(orderId('load', { paths: ['/a'] })).toBe(first);
  const other = orderId('load', { paths: ['/b'] });
  expect(other).not.toBe(first);
  orderIsAnswered('load');
  expect(orderId('load', { paths: ['/b'] })).not.toBe(other);
});
