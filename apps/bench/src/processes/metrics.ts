/** Values of one scrape of `/metrics`. */
export class Metrics {
  readonly #samples: readonly { name: string; labels: string; value: number }[];

  constructor(text: string) {
    this.#samples = text.split('\n').flatMap((line) => {
      const [, name, labels = '', value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [{ name, labels, value: Number(value) }];
    });
  }

  /** Sums the samples of a metric that have these labels. Returns 0 if there are none. */
  sum(name: string, labels: Readonly<Record<string, string>> = {}): number {
    const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    return this.#samples
      .filter((sample) => sample.name === name && wanted.every((text) => sample.labels.split(',').includes(text)))
      .reduce((sum, { value }) => sum + value, 0);
  }

  has(name: string): boolean {
    return this.#samples.some((sample) => sample.name === name);
  }
}

export async function scrapeMetrics(url: string): Promise<Metrics> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} returned ${response.status}`);
  return new Metrics(await response.text());
}
