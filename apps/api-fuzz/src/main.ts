import { runApiFuzz } from './api-fuzz.js';

const { EDGE_URL, EDITOR_EMAIL, EDITOR_PASSWORD } = process.env;
if (!EDGE_URL || !EDITOR_EMAIL || !EDITOR_PASSWORD) {
  console.error('Set EDGE_URL, EDITOR_EMAIL and EDITOR_PASSWORD to a running platform whose rate limits are lifted.');
  process.exit(2);
}
const hasPassed = await runApiFuzz({ edgeUrl: EDGE_URL, editor: { email: EDITOR_EMAIL, password: EDITOR_PASSWORD } });
process.exit(hasPassed ? 0 : 1);
