let last: { readonly order: string; readonly id: string } | null = null;

/**
 * The id under which an order is sent: the same one as long as the same is ordered, so that the host does not load twice
 * when its answer was lost and the user, maybe after a look at other screens, presses again.
 */
export function orderId(order: object): string {
  const text = JSON.stringify(order);
  if (last?.order !== text) last = { order: text, id: crypto.randomUUID() };
  return last.id;
}

/** The host has answered: the next order is a new one, even if it is for the same. */
export function orderIsAnswered(): void {
  last = null;
}
