import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The file with the paths of all routes. A spec of the web app compares it with the router. */
const ROUTES_FILE = join(import.meta.dirname, '../../../web/src/app/route-paths.json');

const EDITOR_ROUTES = /^\/(?:editor|upload|admin)(?:\/|$)/;

/** The routes of the web app, and which of them a spec has visited. */
export class VisitedRoutes {
  private readonly visited = new Set<string>();

  private constructor(private readonly routes: readonly string[]) {}

  static async read(): Promise<VisitedRoutes> {
    const routes = JSON.parse(await readFile(ROUTES_FILE, 'utf8')) as string[];
    // If two routes match, the router selects the one with fewer parameters.
    return new VisitedRoutes(routes.toSorted((one, other) => countParameters(one) - countParameters(other)));
  }

  add(pathname: string): void {
    const route = this.routes.find((path) => new URLPattern({ pathname: path }).test({ pathname }));
    if (route !== undefined) this.visited.add(route);
  }

  /** Lists the routes for viewers, or for editors and admins, that were not visited. */
  listUnvisited(users: 'viewers' | 'editors'): string[] {
    return this.routes.filter((path) => EDITOR_ROUTES.test(path) === (users === 'editors') && !this.visited.has(path));
  }
}

function countParameters(path: string): number {
  return path === '/*' ? Infinity : path.split(':').length;
}
