import { runProcess } from '@viernes/platform';
import { readConfig } from './config.js';
import { createEdge } from './create-edge.js';

const config = readConfig(process.env);

await runProcess({
  name: 'edge',
  config,
  start: async (parts) => {
    const edge = await createEdge(config, parts);
    await edge.listen(config.HTTP_ADDRESS.port, config.HTTP_ADDRESS.host);
    return edge;
  },
});
