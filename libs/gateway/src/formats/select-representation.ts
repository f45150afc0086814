import { JSON_TYPE, XML_TYPE, type Operation } from '../routes/operation.js';
import { findVersion, versionedType } from '../versions/versions.js';
import { listAcceptedFormats, type Format } from './select-format.js';
import { CSV_TYPE } from './to-csv.js';

export interface Representation {
  readonly format: Format;
  /** Without parameters. */
  readonly type: string;
  /** Declares the body: the requested operation, or a successor whose version the client prefers. */
  readonly operation: Operation;
}

const TYPES: Readonly<Record<Format, string>> = { json: JSON_TYPE, xml: XML_TYPE, csv: CSV_TYPE };

/**
 * Selects the format and the version of a body.
 *
 * @param accept value of the request header `Accept`
 * @returns undefined if the client accepts none that the operation has
 */
export function selectRepresentation(accept: string | undefined, operation: Operation): Representation | undefined {
  for (const { format, version } of listAcceptedFormats(accept)) {
    const found = findVersion(operation, version);
    if (!found || !hasFormat(found, format)) continue;
    const type = version === undefined || format === 'csv' ? TYPES[format] : versionedType(version, format);
    return { format, type, operation: found };
  }
  return undefined;
}

function hasFormat({ success }: Operation, format: Format): boolean {
  if (format === 'csv') return success.csv !== undefined;
  return format === 'json' || !success.isJsonOnly;
}
