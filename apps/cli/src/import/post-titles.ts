import { sendTitles, type SendTitles } from '@viernes/title-csv';
import { requireData, type EdgeClient } from '../edge/edge-client.js';

/** Returns a function that sends titles to the edge. */
export function postTitles(edge: EdgeClient, dryRun: boolean): SendTitles {
  const post: SendTitles = async (titles) =>
    (await requireData(edge.api.POST('/v1/title-imports', { body: { dryRun, titles } }))).results;
  return (titles) => sendTitles(post, titles);
}
