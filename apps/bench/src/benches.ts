import { apis } from './apis/apis.bench.js';
import { cached } from './cached/cached.bench.js';
import { catalog } from './catalog/catalog.bench.js';
import { coalescing } from './coalescing/coalescing.bench.js';
import { events } from './events/events.bench.js';
import { fanOut } from './fan-out/fan-out.bench.js';
import { gateway } from './gateway/gateway.bench.js';
import { grpc } from './grpc/grpc.bench.js';
import { heartbeats } from './heartbeats/heartbeats.bench.js';
import { home } from './home/home.bench.js';
import { memory } from './memory/memory.bench.js';
import { model } from './model/model.bench.js';
import { monolith } from './monolith/monolith.bench.js';
import { overload } from './overload/overload.bench.js';
import { reads } from './reads/reads.bench.js';
import type { Bench } from './run/bench.js';
import { transcode } from './transcode/transcode.bench.js';
import { web } from './web/web.bench.js';

/** In the order of a complete run. `memory` follows the benches of edge and catalog. */
export const BENCHES: readonly Bench[] = [
  cached,
  reads,
  apis,
  home,
  catalog,
  coalescing,
  overload,
  memory,
  gateway,
  grpc,
  events,
  fanOut,
  heartbeats,
  transcode,
  web,
  model,
  monolith,
];
