import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { WORKSPACE } from '../workspace.ts';

/** Where a developer's or CI's machine keeps real films, beside the clone. */
const REAL_FILM = join(WORKSPACE, '..', 'shared', 'data', 'videos', 'bbb-480p-30s.mp4');

/** The film that the tests play: the one of FILM_PATH, else a real one beside the clone, else none and they make one. */
export function filmPath(): string | undefined {
  return process.env['FILM_PATH'] || (existsSync(REAL_FILM) ? REAL_FILM : undefined);
}
