import { Counter, Gauge, Histogram, type HistogramConfiguration } from 'prom-client';

// Metrics for hot paths. Their label sets are bound once to plain numbers, which are merged when Prometheus reads them.
// prom-client hashes the labels for each increment, even with `labels()`: 0.5 us, and 1 us for an observation.

interface Bound<Labels, Value> {
  readonly labels: Labels;
  readonly value: Value;
}

type LabelSet<Name extends string> = Readonly<Record<Name, string | number>>;

/** A value that its owner changes directly. */
export interface MutableNumber {
  value: number;
}

export class BoundCounter<Name extends string> extends Counter<Name> {
  private readonly bound: Bound<LabelSet<Name>, MutableNumber>[] = [];

  /** Returns the number to increment. Bind each label set only once. */
  bind(labels: LabelSet<Name>): MutableNumber {
    const value = { value: 0 };
    this.bound.push({ labels, value });
    return value;
  }

  override get(): ReturnType<Counter<Name>['get']> {
    this.reset();
    for (const { labels, value } of this.bound) this.inc(labels, value.value);
    return super.get();
  }
}

export class BoundGauge<Name extends string> extends Gauge<Name> {
  private readonly bound: Bound<LabelSet<Name>, MutableNumber>[] = [];

  /** Returns the number to set. Bind each label set only once. */
  bind(labels: LabelSet<Name>): MutableNumber {
    const value = { value: 0 };
    this.bound.push({ labels, value });
    return value;
  }

  override get(): ReturnType<Gauge<Name>['get']> {
    for (const { labels, value } of this.bound) this.set(labels, value.value);
    return super.get();
  }
}

/** The observations of one label set. */
export class Observations {
  readonly counts: number[];
  sum = 0;
  count = 0;

  /** @param buckets upper bounds, ascending */
  constructor(private readonly buckets: readonly number[]) {
    this.counts = buckets.map(() => 0);
  }

  observe(value: number): void {
    this.sum += value;
    this.count += 1;
    const index = this.buckets.findIndex((bound) => value <= bound);
    if (index >= 0) this.counts[index] = (this.counts[index] ?? 0) + 1;
  }
}

export class BoundHistogram<Name extends string> extends Histogram<Name> {
  private readonly bound: Bound<LabelSet<Name>, Observations>[] = [];

  constructor(private readonly configuration: HistogramConfiguration<Name> & { readonly buckets: number[] }) {
    super(configuration);
  }

  /** Returns the observations to add to. Bind each label set only once. */
  bind(labels: LabelSet<Name>): Observations {
    const value = new Observations(this.configuration.buckets);
    this.bound.push({ labels, value });
    return value;
  }

  /** Both the registry and `get` of prom-client's histogram read the values with this method. */
  getForPromString() {
    const { name, help } = this.configuration;
    const values = this.bound.flatMap((bound) => this.report(bound));
    return Promise.resolve({ name, help, type: 'histogram', aggregator: 'sum', values });
  }

  private report({ labels, value: { counts, sum, count } }: Bound<LabelSet<Name>, Observations>) {
    let cumulative = 0;
    const buckets = this.configuration.buckets.map((le, index) => [le, (cumulative += counts[index] ?? 0)] as const);
    return [
      ...[...buckets, ['+Inf', count] as const].map(([le, value]) => ({
        suffix: 'bucket',
        labels: { le, ...labels },
        value,
      })),
      { suffix: 'sum', labels, value: sum },
      { suffix: 'count', labels, value: count },
    ].map(({ suffix, ...value }) => ({ metricName: `${this.configuration.name}_${suffix}`, ...value }));
  }
}
