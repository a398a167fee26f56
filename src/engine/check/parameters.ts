/** The values of one statement, each named where it is used. */
export class Parameters {
  readonly values: unknown[] = [];

  /** @returns the value as SQL, in a type. */
  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}
