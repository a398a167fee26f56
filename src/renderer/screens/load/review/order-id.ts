type Kind = 'load' | 'retry' | 'tables';

const last = new Map<Kind, { readonly order: string; readonly id: string }>();

/**
 * The id under which an order is sent: the same one as long as the same is ordered, so that the host does not do it twice
 * when its answer was lost and the user, maybe after a look at other screens, presses again.
 */
export function orderId(kind: Kind, order: object): string {
  const text = JSON.stringify(order);
  const known = last.get(kind);
  if (known?.order === text) return known.id;
  const id = crypto.randomUUID();
  last.set(kind, { order: text, id });
  return id;
}

/** The host has answered: the next order is a new one, even if it is for the same. */
export function orderIsAnswered(kind: Kind): void {
  last.delete(kind);
}
