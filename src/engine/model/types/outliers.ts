const MOST_SAMPLES = 3;
const LONGEST_SAMPLE = 40;

/** Of the values of one path, those that are not what most of them are: how many, and the first different ones. */
export class Outliers {
  count = 0;
  readonly samples: string[] = [];

  add(value: string): void {
    this.count += 1;
    if (this.samples.length < MOST_SAMPLES) this.#sample(value);
  }

  merge(other: Outliers): void {
    this.count += other.count;
    for (const sample of other.samples) if (this.samples.length < MOST_SAMPLES) this.#sample(sample);
  }

  #sample(value: string): void {
    const cut = value.length > LONGEST_SAMPLE ? `${value.slice(0, LONGEST_SAMPLE - 1)}…` : value;
    if (!this.samples.includes(cut)) this.samples.push(cut);
  }
}
