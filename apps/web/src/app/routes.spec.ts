import type { RouteObject } from 'react-router';

// The real module imports text modules that only the build of the web app generates.
vi.mock('../language/start-language.js', () => ({ LANGUAGES: ['en'], loadOtherTexts: vi.fn() }));

function listPaths(routes: readonly RouteObject[], parent = ''): string[] {
  return routes.flatMap(({ path, index, children = [] }) => {
    const here = path === undefined ? parent : `${parent}/${path}`;
    const isPage = index === true || (path !== undefined && children.length === 0);
    return [...(isPage ? [here || '/'] : []), ...listPaths(children, here)];
  });
}

describe('the routes of the web app', () => {
  it('route-paths.json lists the routes, for the acceptance tests', async () => {
    // Modules of pages read the location during their import.
    vi.stubGlobal('location', new URL('http://localhost/'));
    const { ROUTES } = await import('./routes.js');
    vi.unstubAllGlobals();
    await expect(`${JSON.stringify(listPaths(ROUTES).toSorted(), null, 2)}\n`).toMatchFileSnapshot('route-paths.json');
  });
});
