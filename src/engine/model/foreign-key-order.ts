/** Tables in groups: parents before children; tables that refer to each other in a cycle share a group. */
export type TableGroups = readonly (readonly number[])[];

/**
 * Tarjan's strongly connected components over "refers to": its output order is already parents first. Tables are visited
 * by number, so that the order is the same in every process (which is also the order of locking).
 *
 * @param parentsOf for each table the tables it refers to.
 */
export function groupByReferences(parentsOf: readonly (readonly number[])[]): TableGroups {
  const groups: number[][] = [];
  const found = new Map<number, { order: number; lowest: number; open: boolean }>();
  const stack: number[] = [];

  const visit = (table: number): number => {
    const order = found.size;
    const state = { order, lowest: order, open: true };
    found.set(table, state);
    stack.push(table);
    for (const parent of parentsOf[table] ?? []) {
      const known = found.get(parent);
      if (known === undefined) state.lowest = Math.min(state.lowest, visit(parent));
      else if (known.open) state.lowest = Math.min(state.lowest, known.order);
    }
    if (state.lowest === order) groups.push(closeGroup(table));
    return state.lowest;
  };
  const closeGroup = (root: number): number[] => {
    const group = stack.splice(stack.indexOf(root));
    for (const member of group) (found.get(member) as { open: boolean }).open = false;
    return group.sort((a, b) => a - b);
  };

  parentsOf.forEach((_, table) => {
    if (!found.has(table)) visit(table);
  });
  return groups;
}
