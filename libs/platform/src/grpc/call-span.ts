import { SpanKind } from '@opentelemetry/api';
import type { SpanDescription } from '../tracing/tracing.js';
import { toMethodLabels } from './method-labels.js';

/** @param path `/viernes.catalog.v1.CatalogService/GetTitle` */
export function describeClientSpan(path: string): SpanDescription {
  return describe(path, SpanKind.CLIENT);
}

/** @param path `/viernes.catalog.v1.CatalogService/GetTitle` */
export function describeServerSpan(path: string): SpanDescription {
  return describe(path, SpanKind.SERVER);
}

/** @see OpenTelemetry semantic conventions for gRPC */
function describe(path: string, kind: SpanKind): SpanDescription {
  const { service, method } = toMethodLabels(path);
  const attributes = { 'rpc.system': 'grpc', 'rpc.service': service, 'rpc.method': method };
  return { name: `${service}/${method}`, kind, attributes };
}
