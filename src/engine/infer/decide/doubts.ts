import type { Uncertainty, UncertaintyCode } from '#contract/inference';
import type { ElementNode } from '../observe/element-node.ts';
import type { PathNames } from './path-names.ts';

interface Doubt {
  readonly node: ElementNode;
  /** Below the node, e.g. `@id`. */
  readonly below?: string;
  readonly table?: string;
  readonly column?: string;
  readonly decided: string;
  readonly why: string;
}

const grouped = new Intl.NumberFormat('en-US');

/** What could have been decided otherwise, in the order in which it was come upon. */
export class Doubts {
  readonly list: Uncertainty[] = [];
  readonly #paths: PathNames;

  constructor(paths: PathNames) {
    this.#paths = paths;
  }

  add(code: UncertaintyCode, { node, below, ...rest }: Doubt): void {
    const path = this.#paths.pathOf(node);
    this.list.push({ code, path: below === undefined ? path : `${path}/${below}`, ...rest });
  }

  /** `1,204` */
  count(value: number): string {
    return grouped.format(value);
  }
}
