import { requireData, type EdgeClient } from '../edge/edge-client.js';
import { EdgeResponseError } from '../edge/edge-errors.js';
import { DEMO_SEASONS } from './demo-seasons.js';
import { listDemoSeries, toExternalId } from './demo-series.js';

/**
 * Adds the missing seasons of the demo series. Does not change existing seasons, or a series that an editor has
 * deleted.
 */
export async function seedDemoSeasons(edge: EdgeClient): Promise<void> {
  const titles = listDemoSeries();
  // The titles exist already. This import only returns their IDs.
  const { results } = await requireData(edge.api.POST('/v1/title-imports', { body: { titles } }));
  const titleIds = new Map(results.map(({ externalId, titleId }) => [externalId, titleId]));
  for (const [slug, seasons] of Object.entries(DEMO_SEASONS)) {
    const id = titleIds.get(toExternalId(slug)) ?? undefined;
    if (id === undefined) continue;
    for (const body of seasons) {
      try {
        await requireData(edge.api.POST('/v1/titles/{id}/seasons', { params: { path: { id } }, body }));
      } catch (error) {
        if (!(error instanceof EdgeResponseError) || error.code !== 'SEASON_EXISTS') throw error;
      }
    }
  }
}
