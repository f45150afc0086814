import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The Node that everything runs on: the one that came with the packages, else this one where it is new enough.
 *
 * @param {string} workspace
 * @returns {string | undefined} path of the program
 */
export function pinnedNode(workspace) {
  const pinned = join(workspace, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(pinned)) return pinned;
  return Number.parseInt(process.versions.node, 10) >= 24 ? process.execPath : undefined;
}
