import { Counter, Gauge, Histogram } from 'prom-client';

const callsTotal = new Counter({
  name: 'grpc_server_calls_total',
  help: 'Calls that ended, by error code (OK where none, CANCELLED where the caller did not wait)',
  labelNames: ['service', 'method', 'code'],
});

const callSeconds = new Histogram({
  name: 'grpc_server_call_duration_seconds',
  help: 'Time from a call to its last answer',
  labelNames: ['service', 'method'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

const callsOpen = new Gauge({
  name: 'grpc_server_calls_in_flight',
  help: 'Calls under way, streams among them',
  labelNames: ['service', 'method'],
});

/**
 * Measures one call.
 *
 * @param path `/viernes.catalog.v1.CatalogService/GetTitle`
 * @returns to be told how it ended; only the first time counts
 */
export function measureCall(path: string): (code: string) => void {
  const [, service = 'unknown', method = 'unknown'] = path.split('/');
  callsOpen.inc({ service, method });
  const observe = callSeconds.startTimer({ service, method });
  let isOpen = true;
  return (code) => {
    if (!isOpen) return;
    isOpen = false;
    callsOpen.dec({ service, method });
    callsTotal.inc({ service, method, code });
    observe();
  };
}
