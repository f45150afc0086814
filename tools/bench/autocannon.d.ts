// The package has no types of its own; this is what load.ts uses of it.
declare module 'autocannon' {
  function autocannon(options: autocannon.Options): Promise<autocannon.Result>;

  namespace autocannon {
    interface Summary {
      readonly average: number;
      readonly p50: number;
      readonly p99: number;
    }

    interface Result {
      readonly requests: Summary;
      readonly latency: Summary;
      readonly errors: number;
      readonly timeouts: number;
      readonly non2xx: number;
    }

    interface Options {
      readonly url: string;
      readonly connections: number;
      readonly duration: number;
    }
  }

  export = autocannon;
}
