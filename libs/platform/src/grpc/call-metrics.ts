import { Counter, Gauge, Histogram } from 'prom-client';

const callsTotal = new Counter({
  name: 'grpc_server_calls_total',
  help: 'Finished calls by error code: OK if there was none, CANCELLED if the client canceled the call',
  labelNames: ['service', 'method', 'code'],
});

const callSeconds = new Histogram({
  name: 'grpc_server_call_duration_seconds',
  help: 'Time from the start of a call to its last response',
  labelNames: ['service', 'method'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

const callsInFlight = new Gauge({
  name: 'grpc_server_calls_in_flight',
  help: 'Calls in flight, including streams',
  labelNames: ['service', 'method'],
});

/**
 * Measures one call.
 *
 * @param path `/viernes.catalog.v1.CatalogService/GetTitle`
 * @returns a function to call with the outcome; only its first call counts
 */
export function measureCall(path: string): (code: string) => void {
  const [, service = 'unknown', method = 'unknown'] = path.split('/');
  callsInFlight.inc({ service, method });
  const observe = callSeconds.startTimer({ service, method });
  let isFinished = false;
  return (code) => {
    if (isFinished) return;
    isFinished = true;
    callsInFlight.dec({ service, method });
    callsTotal.inc({ service, method, code });
    observe();
  };
}
