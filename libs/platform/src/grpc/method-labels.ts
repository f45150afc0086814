/** The metric labels of a method. */
export interface MethodLabels {
  readonly service: string;
  readonly method: string;
}

/** The metric labels of a client. */
export interface ClientLabels {
  /** The service that receives the calls: several services have the methods for dead letters. */
  readonly target: string;
  /** Distinguishes the stable version of the service from its canary. */
  readonly backend: string;
}

/** @param path `/viernes.catalog.v1.CatalogService/GetTitle` */
export function toMethodLabels(path: string): MethodLabels {
  const [, service = 'unknown', method = 'unknown'] = path.split('/');
  return { service, method };
}
