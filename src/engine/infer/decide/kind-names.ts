/** A file's name without its extension. */
export function baseName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replace(/\.[^.]+$/, '') || name;
}

/**
 * What kinds of files are called, each by a name of its own: where files of several kinds share a name, their folder's
 * says more, and else a number tells them apart.
 */
export function kindNames(kinds: readonly { readonly files: readonly string[] }[]): readonly string[] {
  const plain = kinds.map(({ files }) => commonName(files.map(baseName)));
  const wishes = plain.map((name, at) => {
    const isShared = plain.some((other, which) => which !== at && other === name);
    const folder = isShared ? commonName((kinds[at]?.files ?? []).map(folderName), '') : '';
    return folder === '' ? name : `${folder}_${name}`;
  });
  const taken = new Set<string>();
  return wishes.map((wish) => {
    let name = wish;
    for (let number = 2; taken.has(name); number += 1) name = `${wish}_${number}`;
    taken.add(name);
    return name;
  });
}

function folderName(path: string): string {
  return path.split('/').at(-2) ?? '';
}

/** What all have in common, without numbers that only tell them apart: `sales-2023`, `sales-2024`. */
function commonName([first = '', ...others]: readonly string[], fallback = 'record'): string {
  if (others.every((other) => other === first)) return first || fallback;
  let length = first.length;
  for (const other of others) {
    while (!other.startsWith(first.slice(0, length))) length -= 1;
  }
  const common = first.slice(0, length).replace(/[\d\W_]+$/u, '');
  return common.length >= 2 ? common : fallback;
}
