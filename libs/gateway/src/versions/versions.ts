import type { Operation } from '../routes/operation.js';

/** Returns the version that the path of an operation states: 2 for `/v2/titles`. 1 for a path without a version. */
export function versionOf({ path }: Pick<Operation, 'path'>): number {
  return Number(/^\/v(\d+)\//.exec(path)?.[1] ?? 1);
}

/** Returns the media type that selects a version: `application/vnd.viernes.v2+json`. */
export function versionedType(version: number, format: 'json' | 'xml'): string {
  return `application/vnd.viernes.v${version}+${format}`;
}

/**
 * Returns the operation, or the one of its successors, that has the version.
 *
 * @param version undefined selects the operation
 * @returns undefined if none has the version
 */
export function findVersion(operation: Operation, version: number | undefined): Operation | undefined {
  if (version === undefined || version === versionOf(operation)) return operation;
  return operation.deprecated && findVersion(operation.deprecated.successor, version);
}

/** Lists the successors of an operation, oldest first. */
export function listSuccessors({ deprecated }: Operation): readonly Operation[] {
  return deprecated ? [deprecated.successor, ...listSuccessors(deprecated.successor)] : [];
}

/** Converts the body of the latest version, which handlers return, into the body of an operation. */
export function toVersion({ deprecated }: Operation, latest: unknown): unknown {
  return deprecated ? deprecated.toOlder(toVersion(deprecated.successor, latest)) : latest;
}
