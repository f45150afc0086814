import { runProcess } from '@viernes/platform';
import { loadEdgeConfig } from './config.js';
import { createEdge } from './create-edge.js';

const config = loadEdgeConfig(process.env);

await runProcess({
  name: 'edge',
  config,
  start: async (parts) => {
    const edge = await createEdge(config, parts);
    await edge.listen(config.HTTP_ADDRESS.port, config.HTTP_ADDRESS.host);
    return edge;
  },
});
