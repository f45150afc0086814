/** The metric labels of a method. */
export interface MethodLabels {
  readonly service: string;
  readonly method: string;
}

/** @param path `/viernes.catalog.v1.CatalogService/GetTitle` */
export function toMethodLabels(path: string): MethodLabels {
  const [, service = 'unknown', method = 'unknown'] = path.split('/');
  return { service, method };
}
